import { expect, it } from 'vitest';
import { createWords } from '../../src/policy/words.ts';
import { partiPrompts, promptsAbsent } from '../e2e/prompts/parti-prompts.ts';

const blocked =
  'ass arse sex sexy tit tits boob boobs cum cock dick penis vagina breast nude naked rape rapist anal hoe whore slut bitch fuck shit crap damn hell porn nazi hitler kill gun blood gore drug bomb suicide fag coon'.split(
    ' ',
  );

// What real people write has "glass", "cockatoo" and "grapes" in it.
it.skipIf(promptsAbsent !== '')(
  `words that are often blocked hit only themselves in what people write${promptsAbsent}`,
  () => {
    const words = createWords();
    const rules = blocked.map((text, index) => ({
      id: `w${index}`,
      kind: 'words' as const,
      text,
      dryRun: false,
    }));
    const prompts = partiPrompts(Infinity);
    expect(prompts.length).toBeGreaterThan(1600);
    const hits = prompts.flatMap((prompt) =>
      words.hits(rules, prompt).enforced.map(({ rule, found }) => ({ prompt, rule, found })),
    );
    for (const { prompt, rule, found } of hits) {
      expect(found.toLowerCase()).toBe(rule.text);
      expect(prompt.toLowerCase().split(/[^a-z0-9]+/u)).toContain(rule.text);
    }
    // And each whole word is found: the blood-red sky, and a crab that was written with a p.
    const whole = prompts.flatMap((prompt) =>
      blocked.filter((text) => new RegExp(`\\b${text}\\b`, 'iu').test(prompt)),
    );
    expect(hits.map(({ rule }) => rule.text).toSorted()).toEqual(whole.toSorted());
    expect(whole.toSorted()).toEqual(['blood', 'crap']);
  },
);
