import type { ServerResponse } from 'node:http';
import type { ReceivedRequest } from './api.ts';

/** How an API says what the shared code has to say in its name. */
export interface Voice {
  /** What stands in the answer of this status: JSON, or a text as it is (then with its content type). */
  refusal(
    status: number,
    told: { readonly message?: string | undefined; readonly nested?: boolean | undefined },
  ): {
    readonly body: unknown;
    readonly headers?: Readonly<Record<string, string>> | undefined;
  };
  /** How a request is refused for which there are too few credits. */
  readonly noCredits: { readonly status: number; readonly message?: string };
  /** Answers that no reader of the contract can use. */
  readonly garbage: {
    /** JSON that breaks off. */
    readonly notJson: string;
    /** JSON of another shape than the contract's. */
    readonly wrongShape: string;
  };
}

/** One call and what is answered to it. */
export interface Exchange {
  readonly received: ReceivedRequest;
  readonly response: ServerResponse;
  /** What each answer carries, as it is at that moment. */
  readonly headers: () => Readonly<Record<string, string>>;
}
