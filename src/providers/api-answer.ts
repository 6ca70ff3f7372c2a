import type { HttpAnswer } from './http.ts';

/** An answer of an image API whose status is known. Its body may still not have come, or not whole. */
export interface ApiAnswer extends HttpAnswer {
  readonly method: 'GET' | 'POST';
  /** The header `x-request-id`, where it is an id. */
  readonly requestId: string | undefined;
}
