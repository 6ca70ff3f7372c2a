import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Invocation, SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, holding, saying, setStage, toldPrivately, untilLogged } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

const as = (name: string) => stage.discord.as(name);
const deliveries = (): unknown[] =>
  stage.sql('select delivery from generations').map(({ delivery }) => delivery);

/** Alice's pictures, from before the token of their answer ended. */
async function oldPictures(channel: string): Promise<SeenMessage> {
  const asked = as('alice').command('imagine', { prompt: 'a fox', images: 1 }, { channel });
  const pictures = await finished(asked);
  stage.clock.advance(16 * 60_000);
  return pictures;
}

/** What a moderator sees of alice's pictures, from another channel. */
async function openedFromElsewhere(): Promise<SeenMessage> {
  const member = as('dave').command('moderate member', { member: 'alice' });
  const list = await member.waitFor(({ answer }) => answer?.selects.length === 1 && answer);
  const [select] = list.selects;
  const [option] = select?.options ?? [];
  const chosen = as('dave').choose(list, select?.customId ?? '', [option?.value ?? '']);
  return saying(chosen, 'Asked by');
}

describe('pictures in a channel that the bot may not see any more', () => {
  it('are not deleted, and whoever asks for it is told who can', async () => {
    const pictures = await oldPictures('pictures');
    const asked = as('alice').press(pictures, 'Delete');
    const question = await toldPrivately(asked, 'Delete these pictures');
    stage.clock.advance(16 * 60_000);
    stage.discord.guild().setOverwrite('pictures', 'bot', { deny: ['ViewChannel'] });
    const sure = as('alice').press(question, 'Yes, delete');
    await saying(sure, 'Not deleted: I may not see that channel any more.');
    expect(as('alice').message(pictures.id)?.files).toHaveLength(1);
    expect(deliveries()).toEqual(['posted']);
  });

  it('are not deleted by a moderator either', async () => {
    await oldPictures('general');
    stage.discord.guild().setOverwrite('general', 'bot', { deny: ['ViewChannel'] });
    const opened = await openedFromElsewhere();
    await saying(as('dave').press(opened, 'Delete'), 'Not deleted: I may not see that channel');
    expect(deliveries()).toEqual(['posted']);
  });
});

it('pictures whose channel is gone are deleted here too', async () => {
  await oldPictures('general');
  stage.discord.guild().deleteChannel('general');
  const opened = await openedFromElsewhere();
  expect(opened.text).toContain('Its message is gone.');
  await saying(as('dave').press(opened, 'Delete'), 'Deleted.');
  expect(deliveries()).toEqual(['deleted']);
});

/** Somebody removes the answer in Discord. */
async function remove({ token }: Invocation): Promise<void> {
  const { apiUrl, applicationId } = stage.discord;
  const path = `/v10/webhooks/${applicationId}/${token}/messages/@original`;
  expect((await fetch(`${apiUrl}${path}`, { method: 'DELETE' })).status).toBe(204);
}

it('pictures that came as a message of their own are deleted, not the answer before them', async () => {
  const { asked, release } = await holding(stage);
  await remove(asked);
  release();
  const message = await stage.discord.events.until(
    () =>
      as('alice')
        .sees('pictures')
        .find(({ files }) => files.length > 0),
    { what: 'a message in the channel' },
  );
  await vi.waitFor(() => {
    expect(deliveries()).toEqual(['posted']);
  });
  const opened = await openedFromElsewhere();
  await saying(as('dave').press(opened, 'Delete'), 'Deleted.');
  expect(as('alice').message(message.id)).toBeUndefined();
});

it('pictures are not deleted while they are being posted', async () => {
  const { asked, release } = await holding(stage);
  const upload = stage.discord.faults.add({
    method: 'PATCH',
    route: new RegExp(asked.token),
    hold: true,
  });
  release();
  await upload.hit;
  const opened = await openedFromElsewhere();
  await saying(as('dave').press(opened, 'Delete'), 'still being posted');
  upload.release();
  expect((await finished(asked)).files).toHaveLength(4);
});

it('pictures shown late, to their member alone, are deleted there and noted once', async () => {
  const { asked, release } = await holding(stage);
  await remove(asked);
  stage.discord.guild().setOverwrite('pictures', 'bot', { deny: ['SendMessages'] });
  release();
  await untilLogged(stage, 'a result waits for its member');
  const offer = await toldPrivately(as('alice').command('usage'), 'could not be posted then');
  const shown = await finished(as('alice').press(offer, 'Show my pictures'));
  const opened = await openedFromElsewhere();
  await saying(as('dave').press(opened, 'Delete'), 'Deleted.');
  expect(as('alice').message(shown.id)).toBeUndefined();
  const log = await saying(as('mod').command('easel log show', { kind: 'generation' }), 'a fox');
  expect(log.text.match(/a fox/g)).toHaveLength(1);
});
