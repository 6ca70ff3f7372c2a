import { describe, expect, it } from 'vitest';
import { fileName } from '../../src/messages/file-name.ts';

describe('the name of a picture’s file', () => {
  it.each([
    ['words', 'A fox, in the snow!', 'a-fox-in-the-snow-1.png'],
    ['accents', 'Über den Dächern — café à Genève', 'uber-den-dachern-cafe-a-geneve-1.png'],
    ['a ligature and full width letters', 'ﬁne ＡＢＣ', 'fine-abc-1.png'],
    ['Chinese only', '雪の中の狐', 'picture-1.png'],
    ['Chinese with a word', '狐 fox', 'fox-1.png'],
    ['emoji only', '🦊❄️👩‍👩‍👧', 'picture-1.png'],
    ['nothing', '', 'picture-1.png'],
    ['punctuation only', '... /// \\\\ ???', 'picture-1.png'],
    ['a path', '../../etc/passwd', 'etc-passwd-1.png'],
    ['a Windows path', 'C:\\Windows\\win.ini', 'c-windows-win-ini-1.png'],
    ['a name that Windows reserves', 'CON', 'con-1.png'],
    ['a header’s end', 'a"\r\nContent-Type: text/html', 'a-content-type-text-html-1.png'],
    ['a null byte', 'fox\0.exe', 'fox-exe-1.png'],
    ['a text that runs from right to left', 'fox\u202Egnp.exe', 'fox-gnp-exe-1.png'],
    ['a hidden file', '.hidden', 'hidden-1.png'],
  ])('is safe for %s', (_, prompt, name) => {
    expect(fileName(prompt, 0, 'png')).toBe(name);
  });

  it.each([
    ['a word of 200 letters', 'x'.repeat(200), `${'x'.repeat(40)}-1.png`],
    ['200 letters after a word', `fox ${'x'.repeat(200)}`, 'fox-1.png'],
    [
      'many words',
      'alpha beta gamma delta epsilon zeta eta theta',
      'alpha-beta-gamma-delta-epsilon-zeta-eta-1.png',
    ],
    ['exactly 40', `${'x'.repeat(38)} y`, `${'x'.repeat(38)}-y-1.png`],
    ['41', `${'x'.repeat(38)} yz`, `${'x'.repeat(38)}-1.png`],
  ])('is short for %s', (_, prompt, name) => {
    expect(fileName(prompt, 0, 'png')).toBe(name);
  });

  it('ends in what the bytes are and is numbered from 1', () => {
    expect([
      fileName('a fox', 0, 'png'),
      fileName('a fox', 1, 'jpeg'),
      fileName('a fox', 2, 'webp'),
      fileName('a fox', 3, 'avif'),
    ]).toEqual(['a-fox-1.png', 'a-fox-2.jpg', 'a-fox-3.webp', 'a-fox-4.avif']);
  });
});
