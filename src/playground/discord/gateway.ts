import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import type { GatewayControl } from './control.ts';
import type { EventBus } from './event-bus.ts';
import { parseGatewayMessage } from './gateway-message.ts';
import type { GatewayMessage } from './gateway-message.ts';
import { createSession } from './gateway-session.ts';
import type { GatewaySession } from './gateway-session.ts';

/** An event for the bot. */
export interface Dispatch {
  readonly t: string;
  /** Its data, made only when somebody wants it. */
  d(): unknown;
  /** Decides the shard; events without a guild go to shard 0. */
  readonly guildId?: string;
  /** The intent that it needs (a bit); 0 = sent always. */
  readonly intent: number;
}

export interface Gateway extends GatewayControl {
  dispatch(event: Dispatch): void;
  /** Takes over an HTTP upgrade. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export interface GatewayOptions {
  readonly clock: Clock;
  readonly token: string;
  readonly url: string;
  readonly events: EventBus;
  readonly privilegedIntents: number;
  /** READY without what the session adds. */
  ready(shard: readonly [number, number]): Record<string, unknown>;
  /** One GUILD_CREATE for each guild with the bot in it. */
  guilds(): readonly { readonly id: string; readonly payload: unknown }[];
}

/** Source: events/gateway, "Rate Limiting" and "Sending Events". */
const sendLimit = { count: 120, windowMs: 60_000 };
const maxPayloadBytes = 4096;
const heartbeatIntervalMs = 41_250;

interface Connection {
  readonly socket: WebSocket;
  session: GatewaySession | undefined;
  sends: number;
  windowEndsAt: number;
}

/** Gateway v10 with JSON and no compression. */
export function createGateway(options: GatewayOptions): Gateway {
  const { clock, events, token } = options;
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, GatewaySession>();
  const connections = new Set<Connection>();
  let refusing = false;

  const send = (socket: WebSocket, op: GatewayOpcodes, d: unknown): void =>
    socket.send(JSON.stringify({ op, d, s: null, t: null }));

  const attach = (connection: Connection, session: GatewaySession): void => {
    connection.session = session;
    session.socket = connection.socket;
  };

  const identify = (connection: Connection, d: Extract<GatewayMessage, { op: 2 }>['d']): void => {
    const { socket } = connection;
    const refusal = refusalOf(d, token, options.privilegedIntents);
    if (refusal !== undefined) {
      socket.close(refusal);
      return;
    }
    const session = createSession(clock.id().replaceAll('-', ''), d.intents, d.shard ?? [0, 1]);
    sessions.set(session.id, session);
    attach(connection, session);
    session.dispatch('READY', {
      ...options.ready(session.shard),
      session_id: session.id,
      resume_gateway_url: options.url,
      shard: session.shard,
      guilds: options
        .guilds()
        .filter(({ id }) => session.owns(id))
        .map(({ id }) => ({ id, unavailable: true })),
    });
    if (session.wants(1))
      for (const { id, payload } of options.guilds())
        if (session.owns(id)) session.dispatch('GUILD_CREATE', payload);
    events.emit({ type: 'gateway-connected', sessionId: session.id, shard: session.shard[0] });
  };

  const resume = (connection: Connection, d: Extract<GatewayMessage, { op: 6 }>['d']): void => {
    const session = sessions.get(d.session_id);
    if (d.token !== token) {
      connection.socket.close(GatewayCloseCodes.AuthenticationFailed);
    } else if (session === undefined || !session.canReplay(d.seq)) {
      send(connection.socket, GatewayOpcodes.InvalidSession, false);
    } else {
      session.socket?.terminate();
      attach(connection, session);
      session.replay(d.seq);
      session.dispatch('RESUMED', { _trace: [] });
      events.emit({ type: 'gateway-resumed', sessionId: session.id, shard: session.shard[0] });
    }
  };

  const receive = (connection: Connection, data: Buffer): void => {
    const { socket } = connection;
    const nowMs = clock.now();
    if (nowMs >= connection.windowEndsAt) {
      connection.sends = 0;
      connection.windowEndsAt = nowMs + sendLimit.windowMs;
    }
    connection.sends += 1;
    if (connection.sends > sendLimit.count) return socket.close(GatewayCloseCodes.RateLimited);
    if (data.length > maxPayloadBytes) return socket.close(GatewayCloseCodes.DecodeError);
    const message = parseGatewayMessage(data.toString());
    if (typeof message === 'number') return socket.close(message);
    if (message.op === 1) return send(socket, GatewayOpcodes.HeartbeatAck, null);
    if (message.op === 2 || message.op === 6) {
      if (connection.session !== undefined)
        return socket.close(GatewayCloseCodes.AlreadyAuthenticated);
      return message.op === 2 ? identify(connection, message.d) : resume(connection, message.d);
    }
    if (connection.session === undefined) socket.close(GatewayCloseCodes.NotAuthenticated);
  };

  const open = (socket: WebSocket): void => {
    const connection: Connection = {
      socket,
      session: undefined,
      sends: 0,
      windowEndsAt: clock.now() + sendLimit.windowMs,
    };
    connections.add(connection);
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) receive(connection, data);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      connections.delete(connection);
      const { session } = connection;
      if (session?.socket === socket) session.socket = undefined;
      // A client that closes with 1000 or 1001 gives its session up.
      if (session !== undefined && (code === 1000 || code === 1001)) sessions.delete(session.id);
      events.emit({ type: 'gateway-disconnected', sessionId: session?.id, code });
    });
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: heartbeatIntervalMs, _trace: [] });
  };

  const identified = (): Connection[] =>
    [...connections].filter(({ session }) => session !== undefined);

  return {
    get connections() {
      return identified().length;
    },
    dispatch(event) {
      const wanting = [...sessions.values()].filter(
        (session) => session.wants(event.intent) && session.owns(event.guildId),
      );
      if (wanting.length === 0) return;
      const data = event.d();
      for (const session of wanting) session.dispatch(event.t, data);
    },
    accept(request, socket, head) {
      if (refusing) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
        return;
      }
      const query = new URL(request.url ?? '/', options.url).searchParams;
      server.handleUpgrade(request, socket, head, (webSocket) => {
        if ((query.get('v') ?? '10') !== '10') webSocket.close(GatewayCloseCodes.InvalidAPIVersion);
        else if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress'))
          webSocket.close(GatewayCloseCodes.DecodeError);
        else open(webSocket);
      });
    },
    drop() {
      for (const { socket } of identified()) socket.terminate();
    },
    reconnect() {
      for (const { socket } of identified()) send(socket, GatewayOpcodes.Reconnect, null);
    },
    invalidate() {
      sessions.clear();
      for (const connection of identified()) {
        connection.session = undefined;
        send(connection.socket, GatewayOpcodes.InvalidSession, false);
      }
    },
    closeWith(code) {
      for (const { socket } of identified()) socket.close(code);
    },
    refuse(on) {
      refusing = on;
    },
    close() {
      for (const { socket } of connections) socket.terminate();
      server.close();
    },
  };
}

// Members, presences and message contents need Discord's approval.
const privileged = (1 << 1) | (1 << 8) | (1 << 15);
const knownIntents = (1 << 26) - 1;

function refusalOf(
  d: Extract<GatewayMessage, { op: 2 }>['d'],
  token: string,
  allowed: number,
): GatewayCloseCodes | undefined {
  if (d.token !== token) return GatewayCloseCodes.AuthenticationFailed;
  if (d.shard !== undefined && (d.shard[0] < 0 || d.shard[0] >= d.shard[1]))
    return GatewayCloseCodes.InvalidShard;
  if ((d.intents & ~knownIntents) !== 0) return GatewayCloseCodes.InvalidIntents;
  if ((d.intents & privileged & ~allowed) !== 0) return GatewayCloseCodes.DisallowedIntents;
  return undefined;
}
