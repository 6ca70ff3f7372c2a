import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invocation, SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, holding, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

const as = (name: string) => stage.discord.as(name);
const asked = (name: string, prompt = 'a fox'): Promise<SeenMessage> =>
  finished(as(name).command('imagine', { prompt, images: 1 }));
const refused = (name: string, told: string): Promise<SeenMessage> =>
  as(name)
    .command('imagine', { prompt: 'never made', images: 1 })
    .waitFor(
      ({ answer, followUps }: Invocation) =>
        [answer, ...followUps].find((seen) => seen?.ephemeral && seen.text.includes(told)),
      { what: `a refusal that says ${told}` },
    );
const exported = (answer: SeenMessage): Record<string, unknown> => {
  const [file] = answer.files;
  if (!file) throw new Error('no file came');
  return JSON.parse(Buffer.from(file.bytes).toString()) as Record<string, unknown>;
};
const kept = (): Promise<string[]> => readdir(join(stage.folder, 'pictures'));

describe('/privacy export', () => {
  it('gives a member a file of what is stored about them, for them alone', async () => {
    await asked('alice', 'a fox in the snow');
    await asked('bob', 'a boat of bob');
    await saying(
      as('dave').command('moderate block', { member: 'alice', until: 'hour', reason: 'a pause' }),
      'blocked until',
    );
    const answer = await saying(
      as('alice').command('privacy export'),
      'all that I store about you',
    );
    expect(answer.ephemeral).toBe(true);
    const [file] = answer.files;
    expect(file?.filename).toBe(`easel-${as('alice').id}.json`);
    expect(file?.visible).toBe(true);
    const data = exported(answer);
    expect(data).toMatchObject({ memberId: as('alice').id });
    const text = JSON.stringify(data);
    expect(text).toContain('a fox in the snow');
    expect(text).toContain('a pause');
    expect(text).not.toContain('boat of bob');
    expect(text).not.toContain(as('bob').id);
    const tokens = stage.sql('select token from generations where token is not null');
    for (const { token } of tokens) expect(text).not.toContain(String(token));
  });

  it('works in direct messages, for somebody who left', async () => {
    await asked('alice', 'a fox in the snow');
    stage.discord.guild().removeMember('alice');
    const asking = as('alice').command('privacy export', {}, { channel: 'dm' });
    const answer = await saying(asking, 'all that I store');
    expect(JSON.stringify(exported(answer))).toContain('a fox in the snow');
  });

  it('says that nothing is stored where that is so', async () => {
    const answer = await saying(as('bob').command('privacy export'), 'I store nothing about you.');
    expect(answer.files).toEqual([]);
  });

  it('packs what is too large, and says so where even that is', async () => {
    for (const prompt of ['a fox', 'a boat', 'a tree']) await asked('alice', prompt);
    const { settings } = stage.discord.guild();
    settings.attachmentSizeLimit = 2_000;
    const packed = await saying(as('alice').command('privacy export'), 'packed with gzip');
    const [file] = packed.files;
    expect(file?.filename).toBe(`easel-${as('alice').id}.json.gz`);
    expect(gunzipSync(file?.bytes ?? '').toString()).toContain('a tree');
    settings.attachmentSizeLimit = 50;
    const none = await saying(as('alice').command('privacy export'), 'even when packed');
    expect(none.files).toEqual([]);
  });

  it('is for those whom the operator blocked too', async () => {
    await asked('alice');
    await stage.restart({ BLOCKED_USERS: as('alice').id });
    await saying(as('alice').command('privacy export'), 'all that I store');
  });
});

describe('/privacy erase', () => {
  const ask = (where = {}) =>
    saying(as('alice').command('privacy erase', {}, where), 'Remove what I store about you?');

  it('asks once more, then removes words, results, pictures and id, and says what stays', async () => {
    const message = await asked('alice', 'a fox in the snow');
    await asked('bob', 'a boat of bob');
    await saying(as('dave').command('moderate block', { member: 'alice' }), 'until lifted');
    const before = await kept();
    const question = await ask();
    expect(question.ephemeral).toBe(true);
    expect(question.text).toContain('What stays');
    expect(await kept()).toEqual(before);

    await stage.restart();
    const done = await saying(as('alice').press(question, 'Yes, remove it'), 'Done.');
    expect(done.text).toContain('1 request of yours is removed');
    expect(done.text).toContain('keyed hash');
    expect(done.buttons).toEqual([]);
    expect(await kept()).toHaveLength(before.length - 1);
    const rows = JSON.stringify([
      stage.sql('select * from generations'),
      stage.sql('select * from ledger_entries'),
      stage.sql('select * from guild_log'),
    ]);
    expect(rows).not.toContain('a fox in the snow');
    expect(rows).toContain('a boat of bob');
    expect(as('alice').message(message.id)?.files).toHaveLength(1);
    await refused('alice', 'have blocked you');
  });

  it('still counts what was spent against the limits', async () => {
    await stage.restart({ MEMBER_CREDITS_PER_DAY: '1' });
    await asked('alice');
    await saying(as('alice').press(await ask(), 'Yes, remove it'), 'Done.');
    await refused('alice', 'more than you may spend');
  });

  it('leaves what is under way alone, and says so', async () => {
    const { asked: running, release } = await holding(stage);
    const done = await saying(as('alice').press(await ask(), 'Yes, remove it'), 'Done.');
    expect(done.text).toContain('1 request of yours was left alone: it is still under way');
    release();
    expect((await finished(running)).files).toHaveLength(4);
    const again = await saying(as('alice').press(await ask(), 'Yes, remove it'), 'Done.');
    expect(again.text).toContain('1 request of yours is removed');
    expect(again.text).not.toContain('under way');
  });

  it('works in direct messages, for somebody who left, and may be repeated', async () => {
    await asked('alice');
    stage.discord.guild().removeMember('alice');
    for (const told of ['1 request of yours is removed', 'no finished requests']) {
      const question = await ask({ channel: 'dm' });
      await saying(as('alice').press(question, 'Yes, remove it'), told);
    }
    const nothing = as('alice').command('privacy export', {}, { channel: 'dm' });
    await saying(nothing, 'I store nothing about you.');
  });

  it('does nothing at somebody else’s press', async () => {
    await asked('alice');
    const question = await ask();
    const pressed = as('bob').press(question, question.buttons[0]?.customId ?? '', { raw: true });
    await toldPrivately(pressed, 'Only the member who asked can do that.');
    const answer = await saying(as('alice').command('privacy export'), 'all that I store');
    expect(JSON.stringify(exported(answer))).toContain('a fox');
  });

  it('leaves buttons on old pictures without effect', async () => {
    const message = await asked('alice');
    await saying(as('alice').press(await ask(), 'Yes, remove it'), 'Done.');
    await saying(as('dave').menu('Easel: moderate', message), 'I know of no pictures');
  });
});
