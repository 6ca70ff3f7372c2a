import { afterEach, describe, expect, it } from 'vitest';
import { startPrivateBucket, type PrivateBucket } from '../providers/private-bucket.ts';
import { finished, hurried, saying, setStage, untilLogged } from './stage.ts';
import type { Stage } from './stage.ts';

// Pictures that Claid writes into a storage of the operator's (CLAID_OUTPUT), from where they are fetched.

let stage: Stage;
afterEach(() => stage.end());

async function staged(output = 'storage://easel/bot/'): Promise<Stage> {
  stage = await setStage();
  await stage.restart({ CLAID_OUTPUT: output, CLAID_OUTPUT_URL: stage.claid.bucketUrl });
  return stage;
}

const ask = (images = 2) =>
  stage.discord.as('alice').command('imagine', { prompt: 'a fox', images });

describe('with CLAID_OUTPUT', () => {
  it.each(['absent', 'empty'] as const)(
    'pictures arrive byte for byte from one’s own bucket where tmp_url is %s',
    async (tmpUrl) => {
      const { claid } = await staged();
      claid.settings.tmpUrlWithOutput = tmpUrl;
      const answer = await finished(ask(4));
      const made = claid.requests.find(({ prompt }) => prompt === 'a fox');
      expect(JSON.parse(made?.body ?? '')).toMatchObject({ output: 'storage://easel/bot/' });
      expect(answer.files).toHaveLength(4);
      for (const [index, { bytes }] of answer.files.entries())
        expect(Buffer.from(bytes)).toEqual(await claid.pictureBytes(made?.requestId ?? '', index));
      for (const { url } of claid.downloads) expect(url).toContain(`${claid.bucketUrl}bot/`);
    },
  );

  it('is fetched still more than a day later, since nothing in the bucket expires', async () => {
    const { claid, discord, clock } = await staged();
    claid.faults.next({
      kind: 'picture',
      index: 0,
      fault: { kind: 'error', status: 503, times: 4 },
    });
    ask();
    await hurried(stage, untilLogged(stage, 'a picture was not fetched'), 1_000);
    clock.advance(25 * 60 * 60_000);
    // Far beyond the interaction's 15 min, so it comes into the channel.
    const late = discord.events.until(
      () =>
        discord
          .as('alice')
          .sees('pictures')
          .find(({ files }) => files.length > 0),
      { what: 'a late message' },
    );
    const message = await hurried(stage, late, 10_000);
    expect(message.files).toHaveLength(2);
  });

  it('a picture that is not in the bucket is told as lost; the other is posted', async () => {
    const { claid } = await staged();
    claid.faults.next({ kind: 'picture', index: 0, fault: { kind: 'gone' } });
    const answer = await finished(ask());
    expect(answer.files).toHaveLength(1);
    expect(answer.text).toContain('1 picture could not be fetched');
    await saying(stage.discord.as('alice').command('usage'), '38 of 40 left');
  });

  it('a bucket that refuses all of them is tried again, since the operator can mend that', async () => {
    const { claid } = await staged('storage://easel/bot/');
    claid.faults.next({ kind: 'picture', fault: { kind: 'error', status: 403, times: 1 } });
    const asked = ask();
    await saying(asked, 'cannot be fetched at the moment');
    const answer = await hurried(stage, finished(asked), 1_000);
    expect(answer.files).toHaveLength(2);
  });

  it.each([
    ['that Claid does not know', 'storage://elsewhere/bot/', 'Storage not found'],
    ['that cannot be written to', 'storage://web/bot/', 'Storage does not allow to write'],
  ])('a storage %s costs nothing, and what Claid says of it is told', async (_, output, told) => {
    const { claid } = await staged(output);
    claid.settings.storages = [
      ...claid.settings.storages,
      { name: 'web', type: 'web_folder', bucket: 'web', path: '' },
    ];
    const answer = await saying(ask(), told);
    expect(answer.text).toContain('Your 2 credits are back.');
    await saying(stage.discord.as('alice').command('usage'), '40 of 40 left');
  });
});

describe('with CLAID_OUTPUT and a bucket that is not public', () => {
  const access = {
    accessKey: 'AKIAEXAMPLE',
    secretKey: 'the-bucket-s-own-secret',
    region: 'eu-west-1',
  };
  let bucket: PrivateBucket;
  afterEach(() => bucket.close());

  async function stagedPrivately(): Promise<Stage> {
    stage = await setStage();
    const { claid, clock } = stage;
    bucket = await startPrivateBucket(
      access,
      () => clock.now(),
      async (key) => {
        const answer = await fetch(`${claid.bucketUrl}${key}`);
        return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
      },
    );
    await stage.restart({
      CLAID_OUTPUT: 'storage://easel/bot/',
      CLAID_OUTPUT_URL: bucket.url,
      CLAID_OUTPUT_ACCESS_KEY: access.accessKey,
      CLAID_OUTPUT_SECRET_KEY: access.secretKey,
      CLAID_OUTPUT_REGION: access.region,
    });
    return stage;
  }

  it('pictures arrive byte for byte, each asked for with a signature', async () => {
    const { claid } = await stagedPrivately();
    const answer = await finished(ask(4));
    const made = claid.requests.find(({ prompt }) => prompt === 'a fox');
    expect(answer.files).toHaveLength(4);
    for (const [index, { bytes }] of answer.files.entries())
      expect(Buffer.from(bytes)).toEqual(await claid.pictureBytes(made?.requestId ?? '', index));
    // At its start the bot asked for an object that there is not, to learn whether the keys are good.
    expect(bucket.statuses).toEqual([404, 200, 200, 200, 200]);
    expect(stage.log.join('')).not.toContain(access.secretKey);
  });
});
