import type { WebSocket } from 'ws';

/** A session outlives its connections: what happens meanwhile is replayed. */
export interface GatewaySession {
  readonly id: string;
  readonly shard: readonly [number, number];
  /** The connection that it has now. */
  socket: WebSocket | undefined;
  /** Whether it asked for events of this intent; 0 is for events that everybody gets. */
  wants(intent: number): boolean;
  /** Whether a guild's events come here; those without a guild belong to shard 0. */
  owns(guildId: string | undefined): boolean;
  dispatch(t: string, d: unknown): void;
  canReplay(seq: number): boolean;
  replay(afterSeq: number): void;
}

const maxKept = 2000;

export function createSession(
  id: string,
  intents: number,
  shard: readonly [number, number],
): GatewaySession {
  const kept: { readonly seq: number; readonly text: string }[] = [];
  let seq = 0;
  const session: GatewaySession = {
    id,
    shard,
    socket: undefined,
    wants: (intent) => intent === 0 || (intents & intent) !== 0,
    owns: (guildId) =>
      guildId === undefined
        ? shard[0] === 0
        : Number((BigInt(guildId) >> 22n) % BigInt(shard[1])) === shard[0],
    dispatch(t, d) {
      seq += 1;
      const text = JSON.stringify({ op: 0, t, s: seq, d });
      kept.push({ seq, text });
      if (kept.length > maxKept) kept.shift();
      if (session.socket?.readyState === 1) session.socket.send(text);
    },
    canReplay: (after) => after <= seq && after >= (kept[0]?.seq ?? 1) - 1,
    replay(after) {
      for (const { seq: at, text } of kept) if (at > after) session.socket?.send(text);
    },
  };
  return session;
}
