import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type Log = Logger;

/**
 * A JSON log that never shows a secret: values under telling names are blanked, errors are reduced
 * to facts (discord.js errors carry the interaction token in their address and the member's text in
 * their body), and as a last net every line is searched for the secrets themselves.
 */
export function createLog(options: {
  readonly level: string;
  /** Values that must never appear: bot token, API keys, passwords in addresses. */
  readonly secrets: readonly string[];
  readonly destination?: DestinationStream;
}): Log {
  const secrets = options.secrets.filter((secret) => secret.length >= 6).flatMap(disguises);
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
    redact: {
      paths: ['token', 'key', 'apiKey', 'authorization', 'prompt'].flatMap((name) => [
        name,
        `*.${name}`,
        `*.*.${name}`,
      ]),
      censor: '[hidden]',
    },
    hooks: {
      streamWrite: (line: string) =>
        scrubAddress(secrets.reduce((text, secret) => text.replaceAll(secret, '[hidden]'), line)),
    },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/** A text as it stands in JSON and in addresses, the longest first so that none is hidden in part only. */
function disguises(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const all = new Set([inJson, secret, encodeURIComponent(secret)]);
  return [...all].toSorted((a, b) => b.length - a.length);
}

/**
 * The password in an address such as `postgres://user:password@host/name`, as it stands there and,
 * where that differs, as it is meant; empty where there is none.
 */
export function passwordsIn(address: string): string[] {
  const [, written] =
    /\/\/[^:/@]*:(.+)@/.exec(address) ?? /[?&]password=([^&#]+)/.exec(address) ?? [];
  if (written === undefined) return [];
  return [...new Set([written, decoded(written)])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Interaction tokens stand in the paths of Discord's API: `/webhooks/<id>/<token>`, `/interactions/<id>/<token>`. */
function scrubAddress(text: string): string {
  return text.replaceAll(/(\/(?:webhooks|interactions)\/\d+\/)[^/"\s?\\]+/g, '$1[hidden]');
}

/** Causes can go round in a circle. */
const maxCauses = 5;

/** What of an error may be logged: its kind, message, stack and the facts that help, never a body or headers. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: typeof error };
  const facts: Record<string, unknown> = {
    type: error.name,
    message: error.message,
    stack: error.stack,
  };
  for (const name of ['code', 'status', 'method', 'kind', 'outcome', 'requestId', 'syscall'])
    if (name in error) facts[name] = Reflect.get(error, name);
  if (error.cause !== undefined && depth < maxCauses)
    facts['cause'] = describeError(error.cause, depth + 1);
  return facts;
}
