import { expect } from 'vitest';
import { expectLost, expectWhole } from './expectations.ts';
import { onRig, type Rig } from './rig.ts';
import { spoil, type DescribedAnswer, type Subject } from './subject.ts';

/** A place in an answer: so far into its headers, or into its body. */
interface Place {
  readonly name: string;
  atByte(headerBytes: number, bodyBytes: number): number;
}

const spread = (parts: number): number[] => Array.from({ length: parts - 1 }, (_, i) => i + 1);

/** Forty places: in the headers, at 0, at 1, at the end, and spread between. */
const places: readonly Place[] = [
  { name: 'at once', atByte: () => 0 },
  { name: 'after one byte', atByte: () => 1 },
  ...spread(14).map((part) => ({
    name: `after ${part}/14 of its headers`,
    atByte: (headerBytes: number) => Math.round((headerBytes * part) / 14),
  })),
  { name: 'before the last byte of its headers', atByte: (headerBytes) => headerBytes - 1 },
  { name: 'after its headers', atByte: (headerBytes) => headerBytes },
  { name: 'after one byte of its body', atByte: (headerBytes) => headerBytes + 1 },
  ...spread(22).map((part) => ({
    name: `after ${part}/22 of its body`,
    atByte: (headerBytes: number, bodyBytes: number) =>
      headerBytes + Math.round((bodyBytes * part) / 22),
  })),
  { name: 'before its last byte', atByte: (headers, body) => headers + body - 1 },
];

/** An answer that breaks off has been paid for: found where that can be, and never asked for again. */
export function cutCases(subject: Subject): void {
  const test = onRig(subject);
  const reads = subject.answers.slice(1);
  /** Bytes of the headers and of the body, by the answer. */
  const lengths = new Map<string, readonly [number, number]>();

  test('is as long as it is taken to be', async ({ rig }) => {
    await measure(rig, lengths);
    expect(places).toHaveLength(40);
    for (const [, [headers, body]] of lengths) {
      expect(headers).toBeGreaterThan(60);
      expect(body).toBeGreaterThan(20);
    }
  });

  const atByte = (place: Place, { at }: Pick<DescribedAnswer, 'at'>): number => {
    const [headers, body] = lengths.get(at) ?? [0, 0];
    return place.atByte(headers, body);
  };

  test.for(places.map((place) => [place.name, place] as const))(
    '%s leaves open what was made',
    async ([, place], { rig }) => {
      spoil(rig.standIn, { at: 'post' }, { kind: 'cut', atByte: atByte(place, { at: 'post' }) });
      await expectLost(rig, ['unavailable']);
      expect(rig.standIn.books.totalCost).toBe(rig.request().images);
    },
  );

  if (reads.length > 0)
    test.for(places.map((place) => [place.name, place] as const))(
      '%s is asked for again, where it costs nothing',
      async ([, place], { rig }) => {
        if (reads.some(({ afterLoss }) => afterLoss))
          spoil(rig.standIn, { at: 'post' }, { kind: 'cut', when: 'after-charging' });
        for (const read of reads)
          spoil(rig.standIn, read, { kind: 'cut', atByte: atByte(place, read) });
        expectWhole(rig, await rig.generate());
      },
    );
}

async function measure(rig: Rig, lengths: Map<string, readonly [number, number]>): Promise<void> {
  if (rig.subject.answers.some(({ afterLoss }) => afterLoss))
    spoil(rig.standIn, { at: 'post' }, { kind: 'cut-in-body', atByte: 1 });
  await rig.generate();
  for (const { at } of rig.subject.answers) {
    const asked = rig.standIn.requests.findLast(({ method, path }) =>
      at === 'post' ? method === 'POST' : method === 'GET' && path.includes(at),
    );
    if (asked === undefined) throw new Error(`nobody asked for ${at}`);
    const answer = await rig.repeat(asked);
    // What the stand-in writes when it is to cut: neither a date nor a word of the connection.
    const lines = [...answer.headers]
      .filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
      .map(([name, value]) => `${name}: ${value}\r\n`);
    const headers = `HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`.length;
    lengths.set(at, [headers, (await answer.arrayBuffer()).byteLength]);
  }
}
