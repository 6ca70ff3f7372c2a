import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import type { Destination } from '../domain/destination.ts';
import type { Failure } from '../domain/failure.ts';
import type { Generation, PictureRecord } from '../domain/generation.ts';
import type { Source } from '../domain/source.ts';
import type { Draft } from '../domain/store.ts';
import { warnings as knownWarnings } from '../domain/warning.ts';
import type { Warning } from '../domain/warning.ts';
import { wholeCredits } from './credits.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { imageRequest } from './image-request.ts';
import type { GenerationsTable } from './schema.ts';
import { usedSettings } from './used-settings.ts';

const destination = z.object({
  applicationId: z.string(),
  interactionId: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  memberId: z.string(),
  // Those written before roles mattered have none.
  roleIds: z.array(z.string()).default([]),
  private: z.boolean(),
  // Before there were comparisons each had an answer of its own.
  ageRestricted: z.boolean().default(false),
  sharedBy: z.number().default(1),
  locale: z.string(),
  maxFileBytes: z.number(),
}) satisfies z.ZodType<Omit<Destination, 'token' | 'tokenEndsAt'>>;

const failureKinds: { [K in Failure['kind']]: K } = {
  refused: 'refused',
  invalid: 'invalid',
  busy: 'busy',
  'no-credits': 'no-credits',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  unavailable: 'unavailable',
  protocol: 'protocol',
  timeout: 'timeout',
  cancelled: 'cancelled',
  stopped: 'stopped',
  expired: 'expired',
  'account-closed': 'account-closed',
  withdrawn: 'withdrawn',
  bug: 'bug',
};

const failure = z.object({
  kind: z.enum(failureKinds),
  detail: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  incident: z.string().exactOptional(),
}) satisfies z.ZodType<Failure>;

const sources = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('address'), url: z.string(), expiresAt: z.number().nullable() }),
    z.object({ kind: z.literal('spooled') }),
  ]),
) satisfies z.ZodType<Source[]>;

const pictures = z.array(z.object({ kind: z.enum(['kept', 'blank', 'lost']) })) satisfies z.ZodType<
  PictureRecord[]
>;

// Once they were free text; what is not known has no wording any more.
const warnings = z
  .array(z.string())
  .transform((texts) => texts.filter(isKnown)) satisfies z.ZodType<Warning[]>;

function isKnown(text: string): text is Warning {
  return knownWarnings.some((known) => known === text);
}

function parsed<T>(id: string, column: string, schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Without the cause: it would quote the text.
    throw new StoreError(`The ${column} of generation ${id} cannot be read.`);
  }
}

/** Those of the rows that can be read; the others are reported and left out. */
export function readableGenerations(
  database: Pick<Database, 'onUnreadable'>,
  rows: readonly Selectable<GenerationsTable>[],
): Generation[] {
  return rows.flatMap((row) => {
    try {
      return generationFromRow(row);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      database.onUnreadable(row.id);
      return [];
    }
  });
}

/** @throws {StoreError} where a JSON column does not hold what it should */
export function generationFromRow(row: Selectable<GenerationsTable>): Generation {
  const { id } = row;
  return {
    id,
    destination: {
      ...parsed(id, 'destination', destination, row.destination),
      token: row.token,
      tokenEndsAt: row.token_ends_at,
    },
    provider: row.provider,
    account: row.account,
    request: parsed(id, 'request', imageRequest, row.request),
    price: row.price,
    credits: row.credits,
    state: row.state,
    delivery: row.delivery,
    failure: row.failure === null ? null : parsed(id, 'failure', failure, row.failure),
    requestId: row.request_id,
    jobRef: row.job_ref,
    sources: parsed(id, 'sources', sources, row.sources),
    pictures: parsed(id, 'pictures', pictures, row.pictures),
    warnings: parsed(id, 'warnings', warnings, row.warnings),
    used: parsed(id, 'used', usedSettings, row.used),
    insteadOf: row.instead_of,
    messageId: row.message_id,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    madeAt: row.made_at,
  };
}

/**
 * The row of a generation that begins; its token stands in a column of its own only.
 *
 * @throws {RangeError} where its credits are no integer
 */
export function rowFromDraft(draft: Draft): Insertable<GenerationsTable> {
  const { token, tokenEndsAt, ...where } = draft.destination;
  const held = wholeCredits(wholeCredits(draft.price) * draft.request.images);
  return {
    id: draft.id,
    guild_id: where.guildId,
    member_id: where.memberId,
    provider: draft.provider,
    account: draft.account,
    destination: JSON.stringify(where),
    token,
    token_ends_at: tokenEndsAt,
    request: JSON.stringify(draft.request),
    price: draft.price,
    held,
    credits: held,
    state: 'queued',
    delivery: 'none',
    failure: null,
    request_id: null,
    job_ref: null,
    sources: '[]',
    pictures: '[]',
    warnings: '[]',
    used: '{}',
    instead_of: draft.insteadOf,
    message_id: null,
    created_at: draft.at,
    sent_at: null,
    made_at: null,
    content_refused_at: null,
    owner: draft.owner,
    lease_until: draft.leaseUntil,
  };
}
