/**
 * What goes wrong with one generate call. `charged` says whether the pictures were made and charged all
 * the same.
 */
export type GenerateFault =
  | CallFault
  /** Makes (and charges) so many pictures, whatever was asked. */
  | { readonly kind: 'makes'; readonly images: number }
  /** These pictures (from 0; `all`) are black. */
  | { readonly kind: 'black'; readonly indexes: readonly number[] | 'all' }
  /** The address of this picture (from 0; every one where missing) misbehaves, or its bytes in the answer do. */
  | { readonly kind: 'picture'; readonly index?: number; readonly fault: PictureFault }
  /** This picture's address is another one. */
  | { readonly kind: 'address'; readonly index?: number; readonly url: string };

/** What goes wrong with any one call of the API and its answer. */
export type CallFault =
  /** Takes so much longer. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Is not answered before the promise settles; charged afterwards, or before with `charged`. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown>; readonly charged?: boolean }
  /** Is never answered; nothing is charged. */
  | { readonly kind: 'hang' }
  /** Is answered with this status and the API's own envelope (Claid nests a 429's in `detail`, unless told otherwise). */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly nested?: boolean;
      readonly headers?: Readonly<Record<string, string>>;
      /** Default: no. */
      readonly charged?: boolean;
    }
  /** The connection is cut without an answer. */
  | {
      readonly kind: 'cut';
      readonly when: 'before-reading' | 'before-charging' | 'after-charging';
      readonly atByte?: undefined;
    }
  /** The connection is cut after so many bytes of the whole answer, status line and headers included; charged. */
  | { readonly kind: 'cut'; readonly when?: 'after-charging'; readonly atByte: number }
  /** The answer is cut after so many bytes of its body; charged. */
  | { readonly kind: 'cut-in-body'; readonly atByte: number }
  /** The answer cannot be used: no JSON, JSON of another shape, nothing, or a proxy's HTML page. */
  | {
      readonly kind: 'garbage';
      readonly body: 'not-json' | 'wrong-shape' | 'empty' | 'html';
      /** Default: 200, and 524 for `html`. */
      readonly status?: number;
      /** Default: yes. */
      readonly charged?: boolean;
    }
  /** Is answered with a redirect. */
  | {
      readonly kind: 'redirect';
      readonly to: string;
      /** Default: 302. */
      readonly status?: number;
      /** Default: no. */
      readonly charged?: boolean;
    }
  /** The answer is JSON of so many bytes (default 50 MB); `declared` (default) or without a length. */
  | {
      readonly kind: 'huge';
      readonly bytes?: number;
      readonly declared?: boolean;
      /** Default: no. */
      readonly charged?: boolean;
    }
  /** The answer is gzipped: JSON that unpacks to so many bytes (default 200 MB) or, with `good`, the good one. */
  | {
      readonly kind: 'gzip';
      readonly body?: 'bomb' | 'good';
      readonly unpackedBytes?: number;
      /** Default: no for a bomb; the good answer is always charged. */
      readonly charged?: boolean;
    }
  /** The good answer claims to be of another content type; charged. */
  | { readonly kind: 'content-type'; readonly type: string }
  /**
   * One field of the good answer, named like `data.output.0.tmp_url` (empty: the whole of it), has
   * another value or, without one, is missing; charged.
   */
  | { readonly kind: 'field'; readonly path: string; readonly value?: unknown };

/** What goes wrong with one `GET` of a picture. */
export type PictureFault =
  | { readonly kind: 'gone' }
  /** Answers with the status, so many times (default: always). */
  | { readonly kind: 'error'; readonly status?: number; readonly times?: number }
  /** Ends after so many bytes although more were promised, so many times (default: always). */
  | { readonly kind: 'cut'; readonly atByte: number; readonly times?: number }
  /** Waits, before the answer or (with `afterBytes`) in the midst of it. */
  | { readonly kind: 'slow'; readonly ms: number; readonly afterBytes?: number }
  /** Claims another length in `content-length`. */
  | { readonly kind: 'wrong-length'; readonly claimedBytes: number }
  /** Sends the picture in chunks, without a `content-length`. */
  | { readonly kind: 'no-length' }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  /** An HTML page that claims to be a picture. */
  | { readonly kind: 'not-image' }
  /** So many bytes (default 50 MB) that begin like the picture; `declared` (default) or without a length. */
  | { readonly kind: 'huge'; readonly bytes?: number; readonly declared?: boolean };

/** Faults on demand. Several faults given as a list hit the same request together. */
export interface Faults {
  /** Hits the next so many (default 1) generate requests that pass authorisation and validation. */
  next(fault: GenerateFault | readonly GenerateFault[], times?: number): void;
  /** Hits every generate request (at most `times`) whose prompt fits. Returns a function that ends it. */
  when(
    fits: (prompt: string) => boolean,
    fault: GenerateFault | readonly GenerateFault[],
    times?: number,
  ): () => void;
  /** Hits the next so many (default 1) downloads, whatever the picture. */
  nextDownload(fault: PictureFault, times?: number): void;
  /** Hits the next so many (default 1) calls of another operation, by the name that the stand-in gives it. */
  nextAt(operation: string, fault: CallFault | readonly CallFault[], times?: number): void;
  /** Forgets all that has not happened yet. */
  clear(): void;
}

/** The faults with the side that only the API itself may use. */
export interface OpenFaults extends Faults {
  takeCutBeforeReading(): boolean;
  takeGenerate(prompt: string): readonly GenerateFault[];
  takeDownload(): PictureFault | undefined;
  takeAt(operation: string): readonly CallFault[];
}

export function createFaults(): OpenFaults {
  let queue: (readonly GenerateFault[])[] = [];
  let downloads: PictureFault[] = [];
  let calls: { readonly operation: string; readonly faults: readonly CallFault[] }[] = [];
  const rules = new Set<{
    fits: (prompt: string) => boolean;
    faults: readonly GenerateFault[];
    left: number;
  }>();
  return {
    next(fault, times = 1) {
      for (let i = 0; i < times; i += 1) queue.push(asList(fault));
    },
    when(fits, fault, times = Infinity) {
      const rule = { fits, faults: asList(fault), left: times };
      rules.add(rule);
      return () => rules.delete(rule);
    },
    nextDownload(fault, times = 1) {
      for (let i = 0; i < times; i += 1) downloads.push(fault);
    },
    nextAt(operation, fault, times = 1) {
      for (let i = 0; i < times; i += 1) calls.push({ operation, faults: asList(fault) });
    },
    clear() {
      queue = [];
      downloads = [];
      calls = [];
      rules.clear();
    },
    takeCutBeforeReading() {
      // Nothing of the request is known yet, so only the queue can say.
      const first =
        queue[0]?.some((it) => it.kind === 'cut' && it.when === 'before-reading') === true;
      if (first) queue.shift();
      return first;
    },
    takeGenerate(prompt) {
      const found = [...(queue.shift() ?? [])];
      for (const rule of rules) {
        if (rule.left < 1 || !rule.fits(prompt)) continue;
        rule.left -= 1;
        found.push(...rule.faults);
      }
      return found;
    },
    takeDownload: () => downloads.shift(),
    takeAt(operation) {
      const next = calls.find((it) => it.operation === operation);
      calls = calls.filter((it) => it !== next);
      return next?.faults ?? [];
    },
  };
}

function asList<F extends GenerateFault>(fault: F | readonly F[]): readonly F[] {
  return 'kind' in fault ? [fault] : fault;
}
