import { expect, it } from 'vitest';
import { finished, setStage } from './stage.ts';

it('of pictures that come within the answer, one that is none takes no other with it', async () => {
  const stage = await setStage({ providers: ['openai'] });
  try {
    const openai = stage.standIns.get('openai');
    openai?.faults.next({ kind: 'picture', index: 1, fault: { kind: 'not-image' } });
    const asked = stage.discord.as('alice').command('imagine', { prompt: 'a fox', images: 4 });
    const answer = await finished(asked);
    expect(answer.files).toHaveLength(3);
    expect(answer.text).toContain('1 picture could not be fetched from the provider');
    expect(answer.text).toContain('4 credits spent');
  } finally {
    await stage.end();
  }
});
