import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../../src/playground/discord/control.ts';
import { finished, saying, setStage } from '../stage.ts';
import type { Stage } from '../stage.ts';
import { crowd, share } from './crowd.ts';
import type { Seat } from './crowd.ts';
import { partiPrompts, promptsAbsent } from './parti-prompts.ts';

// What real people write, and what they should not be able to do any harm with.

let stage: Stage;
let seats: Seat[];
beforeEach(async () => {
  stage = await setStage({
    settings: {
      DEFAULT_IMAGES: '1',
      // The shape of Claid's limits, a hundred times faster.
      CLAID_RATE_LIMITS: '1200;w=6, 40;w=0.1',
      MEMBER_CREDITS_PER_DAY: 'unlimited',
      GUILD_CREDITS_PER_DAY: 'unlimited',
      BOT_CREDITS_PER_DAY: 'unlimited',
      LOG_LEVEL: 'info',
    },
    claid: {
      limits: [
        { limit: 1200, windowMs: 6_000 },
        { limit: 40, windowMs: 100 },
      ],
    },
  });
  seats = crowd(stage.discord, 5, 4);
});
afterEach(() => stage.end());

const codePoints = (text: string): number => Array.from(text).length;

/** Asks for a picture and checks that what comes is that picture, with these words, and nothing else. */
async function imagine({ person, guild }: Seat, prompt: string): Promise<void> {
  const asked = person.command('imagine', { prompt }, { guild, channel: 'pictures' });
  const answer = await finished(asked);
  expect(answer.usedBy?.person).toBe(person.name);
  expect(answer.mentions).toEqual([]);
  await expectPicture(answer, prompt.trim());
  expectText(answer, prompt.trim());
}

/** The one file is what Claid made of exactly this prompt. */
async function expectPicture(answer: SeenMessage, prompt: string): Promise<void> {
  const { claid } = stage;
  const charges = claid.books.charges.filter((charge) => charge.prompt === prompt);
  expect(charges).toMatchObject([{ cost: 1 }]);
  expect(answer.files).toHaveLength(1);
  const [file] = answer.files;
  expect(Buffer.from(file?.bytes ?? [])).toEqual(
    await claid.pictureBytes(charges[0]?.requestId ?? '', 0),
  );
  expect(file?.visible).toBe(true);
  expect(file?.filename).toMatch(/^[a-z0-9][a-z0-9-]{0,39}-1\.png$/);
  expectAltText(file?.description ?? '', prompt);
}

/** The prompt, or as much of it as fits, cut between characters. */
function expectAltText(alt: string, prompt: string): void {
  if (prompt.length <= 1024) {
    expect(alt).toBe(prompt);
    return;
  }
  expect(alt.length).toBeLessThanOrEqual(1024);
  expect(alt.endsWith('…')).toBe(true);
  expect(alt.isWellFormed()).toBe(true);
  expect(prompt.startsWith(alt.slice(0, -1))).toBe(true);
}

/** With the backslashes that make markdown inert taken away, people read what was written, on one line. */
function expectText(answer: SeenMessage, prompt: string): void {
  const [shown = ''] = answer.text.split('\n');
  expect(shown.startsWith('**') && shown.endsWith('**')).toBe(true);
  const inner = shown.slice(2, -2);
  expect(inner.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(prompt.replaceAll(/\s+/gu, ' '));
  // Nothing that markdown could take for its own is left bare.
  expect(inner.replaceAll(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
}

describe(`the first 200 PartiPrompts${promptsAbsent}`, () => {
  it.skipIf(promptsAbsent !== '')(
    'each gets its own picture, is posted once, and those that are too short are refused',
    async () => {
      const { claid, discord } = stage;
      const prompts = partiPrompts(200);
      expect(prompts).toHaveLength(200);
      const tooShort = prompts.filter((prompt) => codePoints(prompt.trim()) < 3);
      const fit = prompts.filter((prompt) => !tooShort.includes(prompt));
      await share(seats, prompts, async (seat, prompt) => {
        if (!tooShort.includes(prompt)) return imagine(seat, prompt);
        const { person, guild } = seat;
        const asked = person.command('imagine', { prompt }, { guild, raw: true });
        const told = await saying(asked, '`prompt` must be 3 to 1,024 characters long');
        expect(told.ephemeral).toBe(true);
      });
      const posted = claid.requests.filter(({ prompt }) => prompt !== undefined);
      expect(posted.map(({ status }) => status)).toEqual(fit.map(() => 200));
      expect(posted.map(({ prompt }) => prompt ?? '').toSorted()).toEqual(fit.toSorted());
      expect(claid.books.totalCost).toBe(fit.length);
      const guilds = [...new Set(seats.map(({ guild }) => guild))];
      const messages = guilds.flatMap((guild) => {
        const somebody = seats.find((seat) => seat.guild === guild)?.person;
        return somebody?.sees('pictures', guild) ?? [];
      });
      expect(messages).toHaveLength(fit.length);
      expect(discord.violations).toEqual([]);
    },
  );
});

const family = '👩‍👩‍👧‍👦';
const zalgo = Array.from('zalgo', (letter) => letter + '\u0300\u0323\u0489\u036f'.repeat(5)).join(
  '',
);

const awkward: Readonly<Record<string, readonly string[]>> = {
  emoji: [
    '🦊🦊🦊',
    `a portrait of ${family} at the beach`,
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇺🇦 👍🏽 ❤️‍🔥 1️⃣',
    'a <:fox:123456789012345678> fox',
  ],
  scripts: [
    'שועל אדום בשלג',
    'ثعلب أحمر في الثلج',
    '雪の中の狐',
    'हिम में लोमड़ी',
    'นกสีฟ้าบนกิ่งไม้',
    'Öl auf Leinwand: Füchse, Ärger & Übermut',
    'ﬁne ＷＩＤＥ ① ²',
  ],
  'direction marks': [
    '\u202Egnp.xof a fox',
    'a \u2066fox\u2069 and \u2067שועל\u2069',
    '\u200Fa fox\u200E',
  ],
  'zero-width and strange spaces': [
    'a\u200Bfox\u200Cin\u200Dsnow',
    '\u200B\u200B\u200B',
    '\u2060\u2061\u2062 fox',
    'a\u00A0fox\u3000in\u2003snow',
    '\uFEFFa fox with a mark\uFEFF',
    'soft\u00ADhyphen',
    '\u3164\u3164\u3164 fillers',
  ],
  'combining marks': [zalgo, 'e\u0301te\u0301', `fox ${'\u0301'.repeat(500)}`],
  markdown: [
    '**bold** *italic* __under__ ~~gone~~ ||spoiler||',
    '# a heading',
    '-# small print',
    '> a quote',
    '>>> a long quote',
    '- a list',
    '1. first',
    '`code` ``more``',
    '```js\nalert(1)\n```',
    '[a link](https://example.com)',
    '[*nested*](<https://example.com> "title")',
    'https://example.com/?q=a_b*c*',
    '<https://example.com>',
    'discord.gg/example',
    '***',
    '_ _ _',
    '****',
    '||||',
    '```',
  ],
  'mentions and timestamps': [
    '@everyone and @here',
    '<@123456789012345678>',
    '<@!123456789012345678> <@&123456789012345678> <#123456789012345678>',
    '</imagine:123456789012345678>',
    '<t:0:R> <t:1700000000:F>',
    '<id:customize> <id:home>',
    '<a:wave:123456789012345678>',
  ],
  'backslashes and quotes': [
    String.raw`\*not bold\*`,
    String.raw`back\slash\\es`,
    String.raw`ends in one \ `,
    String.raw`three \\\ `,
    `it's "quoted" ‘well’ “enough” «here»`,
    '\'\'\' """ ```',
  ],
  'lines and controls': [
    'a fox\nin the snow',
    'a fox\r\n\r\n- in the snow',
    '  around it is space \t\n',
    'a\ttab',
    'a\u2028line\u2029paragraph\u0085next',
    'bell \u0007 escape \u001B[31mred delete \u007F',
    'a \u0000 in the middle',
  ],
  'look-alikes': [
    "'; drop table generations; --",
    '" or 1=1 --',
    '{"input":"a fox","options":{"number_of_images":4}}',
    '"},"options":{"number_of_images":4},"x":{"y":"',
    '{{constructor.constructor("return process")()}}',
    '${process.env.CLAID_API_KEY} %s %d %j %o',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    'attachment://a-fox-1.png',
    'imagine:delete:1-0',
    '__proto__',
    'constructor',
    'null',
    'undefined',
    'NaN',
  ],
  lengths: [
    'fox',
    '狐狐狐',
    '🦊🐺🐻',
    'fox '.repeat(255) + 'last',
    '狐'.repeat(1024),
    '🦊'.repeat(1024),
    family.repeat(146),
    '!'.repeat(1024),
    '\\'.repeat(1024),
    '*_~|`<@#[]()>'.repeat(78) + '!'.repeat(10),
    'a'.repeat(1024),
    `${' '.repeat(500)}a fox${' '.repeat(500)}`,
  ],
};

describe('prompts that ask for trouble', () => {
  it('are of exactly 3 and exactly 1,024 characters, too', () => {
    const lengths = awkward['lengths']?.map((prompt) => codePoints(prompt)) ?? [];
    expect(lengths.filter((length) => length === 3)).toHaveLength(3);
    expect(lengths.filter((length) => length === 1024).length).toBeGreaterThan(6);
  });

  it.each(Object.entries(awkward))(
    '%s: Claid gets what was written, people read it, and nobody is called',
    async (_, prompts) => {
      await share(seats, prompts, imagine);
      const sent = stage.claid.requests.flatMap(({ prompt }) => prompt ?? []);
      expect(sent.toSorted()).toEqual(prompts.map((prompt) => prompt.trim()).toSorted());
    },
  );
});
