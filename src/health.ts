import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Metrics } from './metrics.ts';

export interface Health {
  /** The port that it listens on, on 127.0.0.1. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/healthz` (the process answers), `/readyz` (gateway and a writable store; 503 with the
 * reasons) and `/metrics` (Prometheus) on loopback.
 *
 * @param options.port 0 is any free port
 * @param options.troubles what keeps it from being ready; empty when it is
 */
export async function serveHealth(options: {
  readonly port: number;
  readonly metrics: Metrics;
  troubles(): Promise<readonly string[]>;
}): Promise<Health> {
  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    const troubles = await options.troubles();
    return troubles.length === 0
      ? c.text('ready\n')
      : c.text(troubles.map((line) => `${line}\n`).join(''), 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await options.metrics.registry.metrics(), 200, {
      'content-type': options.metrics.registry.contentType,
    }),
  );
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, hostname: '127.0.0.1', port: options.port },
      ({ port }) => {
        resolve({
          port,
          close: () =>
            new Promise((done) => {
              server.close(() => {
                done();
              });
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        });
      },
    );
    server.once('error', reject);
  });
}
