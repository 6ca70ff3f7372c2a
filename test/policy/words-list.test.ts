import { describe, expect, it } from 'vitest';
import { readWordList } from '../../src/policy/words.ts';

describe('a list of words', () => {
  it('has a rule in each line, with comments and empty lines between', () => {
    const list = readWordList('\ufeff# our list\r\n\r\n  red panda  \r\n/c[ao]t/\r\n/dog/gi\r\n');
    expect(list).toEqual({
      rules: [
        { kind: 'words', text: 'red panda', line: 3 },
        { kind: 'pattern', text: 'c[ao]t', line: 4 },
        { kind: 'pattern', text: 'dog', line: 5 },
      ],
      duplicates: [],
      problems: [],
      unread: 0,
    });
  });

  it('takes a slash within a line for what it is', () => {
    const { rules } = readWordList('and/or\n/etc');
    expect(rules.map(({ kind }) => kind)).toEqual(['words', 'words']);
  });

  it('names lines that say the same', () => {
    const { rules, duplicates } = readWordList(
      'Café\ncat\nＣＡＦＥ!\n/cat/\n/cat/\nred  panda\nred, panda',
    );
    expect(rules.map(({ line }) => line)).toEqual([1, 2, 4, 6]);
    expect(duplicates).toEqual([
      { kind: 'words', text: 'ＣＡＦＥ!', line: 3, sameAs: 1 },
      { kind: 'pattern', text: 'cat', line: 5, sameAs: 4 },
      { kind: 'words', text: 'red, panda', line: 7, sameAs: 6 },
    ]);
  });

  it('keeps apart what hits differently', () => {
    const { duplicates } = readWordList('blowjob\nblow job\nblow-job\ncol\ncool\ns3x\nsex');
    expect(duplicates).toEqual([]);
  });

  it('names lines that cannot be used, and why', () => {
    const { rules, problems } = readWordList('cat\n…\n/(?=a)b/\n//');
    expect(rules).toHaveLength(1);
    expect(problems.map(({ line, kind, text }) => [line, kind, text])).toEqual([
      [2, 'words', '…'],
      [3, 'pattern', '(?=a)b'],
      [4, 'pattern', ''],
    ]);
    expect(problems.map(({ problem }) => problem.kind)).toEqual([
      'nothing-to-hit',
      'looks-around',
      'empty',
    ]);
  });

  it('is read up to a length that a guild can never need, and says what is left', () => {
    const { rules, unread } = readWordList(
      Array.from({ length: 2500 }, (_, index) => `word${index}`).join('\n'),
    );
    expect(rules).toHaveLength(2000);
    expect(unread).toBe(500);
  });

  it('has patterns only as long as they are not too large together', () => {
    const text = Array.from({ length: 90 }, (_, index) => `/a.{0,100}b${index}/`).join('\n');
    const { rules, problems } = readWordList(text);
    expect(rules.length).toBeGreaterThan(60);
    expect(problems[0]?.problem).toEqual({ kind: 'too-large-together' });
    expect(rules.length + problems.length).toBe(90);
    const more = readWordList('/c.{0,100}d/', rules);
    expect(more.problems[0]?.problem).toEqual({ kind: 'too-large-together' });
  });
});
