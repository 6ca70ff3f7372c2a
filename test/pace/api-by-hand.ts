import type { Turn } from '../../src/domain/pace.ts';

/** A request that waits for its answer. */
export interface HeldRequest {
  readonly name: string;
  readonly turn: Turn;
  answer(): void;
  fail(error: Error): void;
}

/** An image API whose answers the test gives by hand, one request at a time. */
export class ApiByHand {
  readonly #requests: HeldRequest[] = [];
  #arrival = Promise.withResolvers<undefined>();

  /** The names of all requests so far, in the order in which they came. */
  get names(): string[] {
    return this.#requests.map(({ name }) => name);
  }

  /** Sends a request; settles as the test says. */
  ask(name: string, turn: Turn): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#requests.push({
      name,
      turn,
      answer: () => {
        resolve(name);
      },
      fail: reject,
    });
    this.#arrival.resolve(undefined);
    this.#arrival = Promise.withResolvers();
    return promise;
  }

  /** The n-th request, from 1, as soon as it is there. */
  async request(n: number): Promise<HeldRequest> {
    for (;;) {
      const found = this.#requests[n - 1];
      if (found !== undefined) return found;
      await this.#arrival.promise;
    }
  }
}
