import type { Destination } from '../../src/domain/destination.ts';
import type { Generation } from '../../src/domain/generation.ts';
import type { Spent, Standing, Window } from '../../src/domain/ledger.ts';
import type { ImageRequest } from '../../src/domain/request.ts';
import type { Admission, Draft, Made, Store } from '../../src/domain/store.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** A time in the middle of an hour, so that windows cut it. */
export const start = Date.UTC(2026, 4, 5, 12, 20, 30, 400);

interface Wishes {
  readonly guild?: string;
  readonly member?: string;
  readonly at?: number;
  readonly images?: number;
  readonly price?: number;
  readonly owner?: string;
  readonly leaseUntil?: number;
  readonly account?: string;
  readonly provider?: string;
  readonly insteadOf?: string;
  readonly tokenEndsAt?: number;
  /** How many of its credits the grant pays. */
  readonly fromGrant?: number;
  /** What it really costs once it is made; the hold if it is not said. */
  readonly cost?: number;
}

/** A request with every option there is; what must not outlive it says "secret". */
export const fullRequest: ImageRequest = {
  model: 'claid',
  prompt: 'a secret wish \0 🦊',
  images: 4,
  guidance: 7.25,
  steps: 30,
  aspect: '16:9',
  negative: 'a secret dislike',
  seed: 4_294_967_295,
  scheduler: 'DPM++ 2M',
  style: {
    kind: 'guild',
    name: 'a secret style',
    text: 'a secret ink of {prompt}',
    negative: 'a secret blot',
  },
  image: { url: 'https://cdn.example/secret.png', contentType: 'image/png', sizeBytes: 1_024 },
  strength: 0.35,
  spoiler: true,
  given: ['prompt', 'negative', 'seed', 'style', 'image'],
};

/** Where the press that shows what waits has its answer. */
export const pressed: Destination = {
  ...draft('pressed').destination,
  interactionId: 'press',
  token: 'token of the press',
  tokenEndsAt: start + dayMs,
  private: true,
};

/** What is left of it once it was emptied. */
export const emptiedRequest: ImageRequest = {
  model: 'claid',
  prompt: '',
  images: 4,
  guidance: 7.25,
  steps: 30,
  aspect: '16:9',
  seed: 4_294_967_295,
  scheduler: 'DPM++ 2M',
  strength: 0.35,
  spoiler: true,
  given: ['prompt', 'negative', 'seed', 'style', 'image'],
};

export function draft(id: string, wishes: Wishes = {}): Draft {
  const at = wishes.at ?? start;
  return {
    id,
    destination: {
      applicationId: 'app',
      interactionId: `interaction-${id}`,
      token: `token-of-${id}`,
      tokenEndsAt: wishes.tokenEndsAt ?? at + 900_000,
      guildId: wishes.guild ?? 'guild-1',
      channelId: 'channel-1',
      memberId: wishes.member ?? 'member-1',
      roleIds: ['role-1', 'role-2'],
      private: false,
      ageRestricted: false,
      sharedBy: 1,
      locale: 'en-US',
      maxFileBytes: 10_485_760,
    },
    provider: wishes.provider ?? 'claid',
    account: wishes.account ?? 'account-1',
    request: {
      ...fullRequest,
      prompt: `a secret wish "${id}" \0 🦊`,
      images: wishes.images ?? 4,
    },
    price: wishes.price ?? 2,
    insteadOf: wishes.insteadOf ?? null,
    owner: wishes.owner ?? 'owner-1',
    leaseUntil: wishes.leaseUntil ?? at + 60_000,
    at,
  };
}

export function made(wishes: Partial<Made> = {}): Made {
  return {
    sources: [
      { kind: 'address', url: 'https://pictures.example/1.png', expiresAt: start + dayMs },
      { kind: 'spooled' },
    ],
    credits: 8,
    providerCost: 4,
    requestId: 'request-1',
    warnings: ['size-changed', 'prompt-rewritten'],
    used: { seed: 7, guidance: 7.5, steps: 20, width: 1_344, height: 768, prompt: 'a secret fox' },
    at: start + 5_000,
    ...wishes,
  };
}

export const admitAll = (): Admission => ({ admitted: true, fromGrant: 0 });

/** A policy that knows one rule: so many credits in the first window. */
export function admitUpTo(credits: number): (standing: Standing) => Admission {
  return ({ spent: [first] }) =>
    (first?.credits ?? 0) < credits
      ? { admitted: true, fromGrant: 0 }
      : { admitted: false, refusal: { reason: 'no-room' } };
}

/** The windows of the operator's caps. */
export function capWindows(guildId = 'guild-1', memberId = 'member-1'): [Window, Window, Window] {
  return [
    { pot: { kind: 'person', memberId }, lengthMs: dayMs },
    { pot: { kind: 'guild', guildId }, lengthMs: dayMs },
    { pot: { kind: 'bot' }, lengthMs: dayMs },
  ];
}

/** What was spent in the windows of the caps. */
export async function usageOf(
  store: Store,
  guildId: string,
  memberId: string,
  now: number,
): Promise<{ readonly member: Spent; readonly guild: Spent; readonly bot: Spent }> {
  const [member, guild, bot] = await store.spent(capWindows(guildId, memberId), now);
  if (!member || !guild || !bot) throw new Error('a window without its sum');
  return { member, guild, bot };
}

export const refused = { kind: 'refused', detail: 'not this' } as const;
export const cut = { kind: 'timeout', requestId: 'request-9' } as const;

/** Every place where a generation can stand. */
export const stages = [
  'queued',
  'sent',
  'pending',
  'posting',
  'posted',
  'waiting',
  'lapsed',
  'deleted',
  'returned',
  'unknown',
] as const;
export type Stage = (typeof stages)[number];

/** Begins a generation (of owner-1) and brings it to the stage, each step at its own moment. */
export async function bring(
  store: Store,
  id: string,
  stage: Stage,
  wishes: Wishes = {},
): Promise<Generation> {
  const wanted = draft(id, wishes);
  const { owner, at } = wanted;
  await store.begin(wanted, [], () => ({ admitted: true, fromGrant: wishes.fromGrant ?? 0 }));
  const send = () => store.send(id, owner, at + 1_000);
  const settle = async () => {
    await send();
    const credits = wishes.cost ?? wanted.price * wanted.request.images;
    await store.settle(id, made({ credits, at: at + 5_000 }), []);
  };
  const steps: Record<Stage, () => Promise<unknown>> = {
    queued: async () => undefined,
    sent: send,
    pending: settle,
    posting: async () => {
      await settle();
      await store.startPosting(id, owner);
    },
    posted: async () => {
      await settle();
      await store.posted(id, 'message-1');
    },
    waiting: async () => {
      await settle();
      await store.wait(id);
    },
    lapsed: async () => {
      await settle();
      await store.lapse(id, at + 9_000);
    },
    deleted: async () => {
      await settle();
      await store.markDeleted(id);
    },
    returned: () => store.giveBack(id, 'queued', cut, at + 2_000),
    unknown: async () => {
      await send();
      await store.writeOff(id, cut, at + 2_000);
    },
  };
  await steps[stage]();
  const generation = await store.find(id);
  if (!generation) throw new Error(`${id} was not written`);
  return generation;
}

/** A small random generator with a seed, so that a failing sequence can be run again. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
