import type { Kysely, Selectable } from 'kysely';
import type { Destination } from '../domain/destination.ts';
import type { UsedSettings } from '../domain/provider.ts';
import type { ImageRequest } from '../domain/request.ts';
import { imageRequest } from './image-request.ts';
import type { GenerationsTable, Schema } from './schema.ts';
import { usedSettings } from './used-settings.ts';

interface MarkedTable extends GenerationsTable {
  /** 1 once its words, results and destination are gone. */
  emptied: number | null;
}

/** The table of generations with the mark of those that have been emptied. */
export type Marked = Record<'generations', MarkedTable>;

/** What has ended: nothing more is sent, posted or told. Others still need their destination. */
export function endedGenerations(trx: Kysely<Schema>) {
  return trx
    .withTables<Marked>()
    .selectFrom('generations')
    .where('lease_until', 'is', null)
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['returned', 'unknown']),
        eb.and([eb('state', '=', 'made'), eb('delivery', 'in', ['posted', 'deleted', 'lapsed'])]),
      ]),
    );
}

/** Takes everything out of a generation but its numbers, for whoever it is then. */
export async function emptyGeneration(
  trx: Kysely<Schema>,
  row: Pick<Selectable<GenerationsTable>, 'id' | 'guild_id' | 'request' | 'used' | 'failure'>,
  memberId: string,
): Promise<void> {
  const destination: Omit<Destination, 'token' | 'tokenEndsAt'> = {
    applicationId: '',
    interactionId: '',
    guildId: row.guild_id,
    channelId: '',
    memberId,
    roleIds: [],
    private: true,
    ageRestricted: false,
    sharedBy: 1,
    locale: '',
    maxFileBytes: 0,
  };
  await trx
    .withTables<Marked>()
    .updateTable('generations')
    .set({
      member_id: memberId,
      destination: JSON.stringify(destination),
      token: null,
      request: JSON.stringify(requestWithoutWords(row.request)),
      used: JSON.stringify(usedWithoutWords(row.used)),
      failure: row.failure === null ? null : failureWithoutWords(row.failure),
      request_id: null,
      job_ref: null,
      sources: '[]',
      pictures: '[]',
      warnings: '[]',
      message_id: null,
      emptied: 1,
    })
    .where('id', '=', row.id)
    .execute();
}

const numbersAsked = imageRequest.omit({ prompt: true, negative: true, style: true, image: true });
const numbersUsed = usedSettings.omit({ prompt: true });

/** Neither the member's words, nor their picture, nor the style's words. */
function requestWithoutWords(request: string): ImageRequest {
  try {
    return { ...numbersAsked.parse(JSON.parse(request)), prompt: '' };
  } catch {
    return { model: '', prompt: '', images: 0, given: [] };
  }
}

function usedWithoutWords(used: string): UsedSettings {
  try {
    return numbersUsed.parse(JSON.parse(used));
  } catch {
    return {};
  }
}

/** The kind of a failure alone; what the provider said of it may quote the prompt. */
function failureWithoutWords(failure: string): string {
  try {
    return JSON.stringify(JSON.parse(failure), ['kind']);
  } catch {
    return failure;
  }
}
