import { defaultImageApiSettings } from '../image-api/settings.ts';
import type { ImageApiSettings } from '../image-api/settings.ts';

/**
 * How the stand-in behaves; every field may be changed while it runs and holds from the next request
 * on. Nobody has published what Kidjig's answers look like, so their forms are settings.
 */
export interface KidjigSettings extends ImageApiSettings {
  /** The words of a status: fal's, BFL's, or those of other APIs of the kind. */
  words: 'fal' | 'bfl' | 'plain' | 'lower';
  /** Whether an answer stands on top or within `{success, message, data}`. */
  envelope: 'flat' | 'data';
  /** What the id of a request is called. */
  requestIdName: 'request_id' | 'requestId' | 'id';
  /** How a result names its pictures. */
  images: 'images' | 'texts' | 'image' | 'output' | 'imageUrl' | 'imageUrls' | 'list';
  /** Whether pictures are addresses, or themselves as `data:` URIs. */
  pictureForm: 'address' | 'base64' | 'percent';
  /** Whether `sync_mode: true` is answered with the pictures at once, as `data:` URIs. */
  syncMode: boolean;
  /** How errors look: Kidjig's `{error: {code, message}}` or `{success: false, message}`, or fal's `{detail}`. */
  errors: 'code' | 'message' | 'detail';
  /** What a wrong key is answered with; which status it has is not published. */
  keyStatus: number;
  /** Where a forbidden prompt is refused: at once, as the state of the job, or in place of the result. */
  refusesAt: 'submit' | 'status' | 'result';
  /** Whether models and parameters are checked by the documents of the models' makers. */
  strict: boolean;
  /** Where the parameters are looked for: beside the prompt, or in an object of this name. */
  wrapper: '' | 'config';
  /** What a result says that it cost, in a unit that is not published; nothing where missing. */
  cost: number | undefined;
  /** Whether fal's 202 stands for a job that is not done. */
  acceptedStatus: boolean;
  /** Whether questions for a state or a result are counted in the windows, too. */
  pollsCount: boolean;
  /** So many questions for the state of each job are answered with 404, as if it were not known yet. */
  firstPolls404: number;
  /** Every question for a state is answered with fal's own failure, header and all, in place of the state. */
  statusError: { readonly status: number; readonly type: string } | undefined;
}

/** The likeliest: fal's words and forms on top of the answer, and Kidjig's own errors. */
export function defaultSettings(): KidjigSettings {
  return {
    ...defaultImageApiSettings(),
    words: 'fal',
    envelope: 'flat',
    requestIdName: 'request_id',
    images: 'images',
    pictureForm: 'address',
    syncMode: true,
    errors: 'code',
    keyStatus: 401,
    refusesAt: 'result',
    strict: true,
    wrapper: '',
    cost: undefined,
    acceptedStatus: true,
    pollsCount: false,
    firstPolls404: 0,
    statusError: undefined,
  };
}
