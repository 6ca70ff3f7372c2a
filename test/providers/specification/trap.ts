import { createServer } from 'node:http';
import { listen } from '../listen.ts';

/** Servers that nobody has allowed the bot to ask. */
export interface Trap {
  readonly port: number;
  /** What asked all the same. */
  readonly asked: readonly string[];
  close(): void;
}

/** Listens on 127.0.0.2, which is as private as any, and on 127.0.0.1 under the same port. */
export async function setTrap(): Promise<Trap> {
  const asked: string[] = [];
  const open = (): ReturnType<typeof createServer> =>
    createServer((request, response) => {
      asked.push(`${request.method} ${request.headers.host}${request.url}`);
      response.end('caught');
    });
  const first = open();
  const port = await listen(first, '127.0.0.2');
  const second = open();
  await listen(second, '127.0.0.1', port);
  return {
    port,
    asked,
    close() {
      first.close();
      second.close();
    },
  };
}
