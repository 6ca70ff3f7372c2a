import { describe, expect, it } from 'vitest';
import type { WordRule } from '../../src/domain/rule.ts';
import { createWords } from '../../src/policy/words.ts';

const words = createWords();

function rule(text: string, more: Partial<WordRule> = {}): WordRule {
  return { id: 'w1', kind: 'words', text, dryRun: false, ...more };
}

function found(text: string, prompt: string): string | undefined {
  return words.hits([rule(text)], prompt).enforced[0]?.found;
}

/** The rule, the prompt, and what of the prompt is found (all of it where that is left out). */
const hits: readonly [text: string, prompt: string, part?: string][] = [
  // Case, accents, compatibility forms.
  ['sex', 'SeX'],
  ['sex', 'a sëx doll', 'sëx'],
  ['sex', 's̷e̷x̷ now', 's̷e̷x̷'],
  ['sex', 'ＳＥＸ'],
  ['sex', '𝓼𝓮𝔁'],
  ['sex', 'ⓢⓔⓧ'],
  ['sex', '🅢🅔🅧'],
  ['sex', 'ꜱᴇx'],
  ['sex', '⒮⒠⒳', '⒮⒠⒳'],
  ['fluff', 'ﬂuﬀ'],
  ['café', 'CAFE'],
  ['cafe', 'cafe\u0301'],
  ['groß', 'GROSS'],
  ['gross', 'groß'],
  ['İzmir', 'izmir'],
  ['izmir', 'ızmir'],
  ['łódź', 'lodz'],
  ['ΟΔΟΣ', 'οδός'],
  // What nobody sees.
  ['sex', 's\u200be\u200dx'],
  ['sex', 's\u00adex'],
  ['sex', 'se\ufe0fx\u{e0041}', 'se\ufe0fx'],
  ['sex', '\u202esex', 'sex'],
  ['sex', 's\u0e47ex'],
  ['sex', 's\u0601ex'],
  // Letters that look like others.
  ['sex', 'ѕех'],
  ['sex', 'a ѕех doll', 'ѕех'],
  ['sex', 'жж ѕех', 'ѕех'],
  ['porn', 'pоrn'],
  ['porn', 'рогn'],
  ['nude', 'ηude'],
  ['соска', 'cоcка'],
  // Digits and signs for letters.
  ['sex', 's3x'],
  ['sex', '$ex'],
  ['sex', '5ex'],
  ['ass', 'a$$'],
  ['ass', '@$$'],
  ['shit', 'sh!t'],
  ['shit', 'sh1t'],
  ['slut', 's1ut'],
  ['slut', 's|ut'],
  ['boobs', 'b00b5'],
  ['tit', '+it'],
  ['порно', 'п0рно'],
  // Runs.
  ['cool', 'coool'],
  ['col', 'coool'],
  ['sex', 'ssseeexxx'],
  ['ass', 'assssss'],
  // Spelled out, or parted by a hyphen.
  ['sex', 's e x'],
  ['sex', 's-e-x'],
  ['sex', 's.e.x'],
  ['sex', 's_3_x'],
  ['sex', 's🍆e🍆x'],
  ['sex', 'ss e xx'],
  ['sex', 'a s e x doll', 's e x'],
  ['sex', 'a s-e-x doll', 's-e-x'],
  ['sex', "he's a s e x", 's e x'],
  ['секс', 'и с е к с', 'с е к с'],
  ['fuck', 'fu-ck'],
  ['fuck', 'fu*ck'],
  ['x', 'the axes x y z', 'x'],
  // Whole words with something beside them.
  ['ass', 'his ass.', 'ass'],
  ['ass', "the ass's ears", 'ass'],
  ['sex', 'sex69', 'sex'],
  ['sex', 'wow!sex!wow', 'sex'],
  ['sex', 'sex를 그려', 'sex'],
  ['ass', 'big_ass_car', 'ass'],
  ['kill!', 'kill him', 'kill'],
  // Phrases.
  ['big ass', 'big ASS'],
  ['big ass', 'a big,\n ass', 'big,\n ass'],
  ['big ass', 'b1g_4ss'],
  ['big ass', 'big!ass'],
  ['big ass', 'big a s s car', 'big a s s'],
  ['blow-job', 'blow job'],
  ['blow-job', 'blowjob'],
  ["don't", 'don’t'],
  ['u.s.a.', 'USA'],
  // Numbers and signs in rules are themselves.
  ['88', '88 cats', '88'],
  ['mp3', 'an MP3 player', 'MP3'],
  ['a$$', 'a$$'],
  // Scripts without spaces.
  ['色情', '很色情的图片', '色情'],
  ['色情', '色 情'],
  ['色情', '色\u200b-情'],
  ['裸体女性', '裸体女性的图片', '裸体女性'],
  ['色情 图片', '色情图片'],
  ['裸', '裸の少女', '裸'],
  ['がき', 'か\u3099き'],
  ['ヌード', 'ﾇｰﾄﾞ写真', 'ﾇｰﾄﾞ'],
  ['เปลือย', 'ผู้หญิงเปลือยกาย', 'เปลือย'],
  // Others.
  ['섹스', '섹스 사진', '섹스'],
  ['섹스', '섹-스'],
  ['섹스', '섹스'.normalize('NFD')],
  ['سكس', 'سـكـس'],
  ['سكس', 'سَكْس'],
  ['سكس', 'سکس'],
  ['שלום', 'שָׁלוֹם'],
  ['साल', 'नया साल', 'साल'],
];

/** Innocent prompts, with the rule that must not hit them. */
const misses: readonly [text: string, prompt: string][] = [
  ['ass', 'glass'],
  ['ass', 'an assassin in the grass'],
  ['ass', 'class 5 s'],
  ['ass', 'a 5 s exposure'],
  ['ass', 'g l a s s'],
  ['ass', 'g-l-a-s-s'],
  ['ass', 'gl@ss and c1ass'],
  ['ass', 'a Galaxy A55 with 455 cats'],
  ['ass', 'as so often'],
  ['ss', 'an iPhone 5s'],
  ['cool', 'col'],
  ['cool', 'col l'],
  ['sex', 'Essex and Sussex, a sextant'],
  ['sex', 'S E X Y'],
  ['sex', 'sx'],
  ['hell', "he'll say hello in a shell"],
  ['cum', 'a cucumber and a document'],
  ['penis', 'the pen is red'],
  ['penis', 'a pen. Is it red?'],
  ['therapist', 'the rapist'],
  ['rapist', 'a therapist'],
  ['tit', 'the Titanic, titanium'],
  ['bb', '88'],
  ['bj', 'plan b j'],
  ['88', '1988'],
  ['88', '8-8 and 88mm and 888'],
  ['88', 'bb'],
  ['69', 'sex69'],
  ['sss', '$$$ !!!'],
  ['i', '!!! | |'],
  ['big ass', 'bigass'],
  ['big ass', 'big as a house'],
  ['big ass', 'ass big'],
  ['pot', 'красивая девушка, рот и нос'],
  ['pot', 'рот'],
  ['cop', 'большой сор'],
  ['рот', 'a pot on the stove'],
  ['us', '🇺🇸'],
  ['色情', '红色情人'],
  ['裸', '裸体女性'],
  ['かき', 'がき'],
  ['साल', 'साला'],
  ['साल', 'सल'],
  ['섹스', '색스'],
];

describe('rules of words', () => {
  it.each(hits)('%j hits %j', (text, prompt, part = prompt) => {
    expect(found(text, prompt)).toBe(part);
  });

  it.each(misses)('%j leaves %j alone', (text, prompt) => {
    expect(found(text, prompt)).toBeUndefined();
  });

  it('are given in their order, each once, the dry ones apart', () => {
    const rules = [
      rule('cat', { id: 'one' }),
      rule('dog', { id: 'two', dryRun: true }),
      rule('c[ao]t', { id: 'three', kind: 'pattern' }),
      rule('bird', { id: 'four' }),
    ];
    expect(words.hits(rules, 'dog, CAT, cat')).toEqual({
      enforced: [
        { rule: rules[0], found: 'CAT' },
        { rule: rules[2], found: 'CAT' },
      ],
      dry: [{ rule: rules[1], found: 'dog' }],
    });
  });

  it('hit nothing where there are none, or the prompt is empty', () => {
    expect(words.hits([], 'cat')).toEqual({ enforced: [], dry: [] });
    expect(words.hits([rule('cat')], '')).toEqual({ enforced: [], dry: [] });
  });

  it('that cannot be used hit nothing and stop no other', () => {
    const rules = [rule('…'), rule('(', { kind: 'pattern' }), rule('cat')];
    expect(words.hits(rules, 'a ( cat …').enforced).toEqual([{ rule: rules[2], found: 'cat' }]);
  });

  it('answer anew for another prompt and for other rules', () => {
    const rules = [rule('cat')];
    expect(words.hits(rules, 'cat').enforced).toHaveLength(1);
    expect(words.hits(rules, 'dog').enforced).toHaveLength(0);
    expect(words.hits([rule('dog')], 'dog').enforced).toHaveLength(1);
  });

  it('are not looked for again in the texts of a request that is looked at twice', () => {
    const rules = [rule('fox')];
    const texts = ['a fox', 'fox, in ink', 'no fox'];
    const first = texts.map((text) => words.hits(rules, text));
    const second = texts.map((text) => words.hits(rules, text));
    for (const [at, earlier] of first.entries()) expect(second[at]).toBe(earlier);
  });

  it('are long without harm', () => {
    const long = 'abcdefghij'.repeat(10);
    expect(found(long, `x ${long.toUpperCase()} y`)).toBe(long.toUpperCase());
    expect(found(long, `${long.slice(0, -1)} y`)).toBeUndefined();
  });
});

describe('problems of rules of words', () => {
  it.each(['cat', '88', '色', 'a$$', '…cat…'])('%j has none', (text) => {
    expect(words.problem({ kind: 'words', text })).toBeUndefined();
  });

  it.each([
    ['', { kind: 'nothing-to-hit' }],
    ['… !!! 🍆', { kind: 'nothing-to-hit' }],
    ['\u200b', { kind: 'nothing-to-hit' }],
    ['a'.repeat(101), { kind: 'too-long', of: 'words', length: 101, most: 100 }],
    ['\ufdfa'.repeat(20), { kind: 'too-many-letters', most: 100 }],
  ])('%j has one', (text, problem) => {
    expect(words.problem({ kind: 'words', text })).toEqual(problem);
  });
});
