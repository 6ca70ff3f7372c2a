import { defaultImageApiSettings } from '../image-api/settings.ts';
import type { ImageApiSettings } from '../image-api/settings.ts';

/** How the stand-in behaves; every field may be changed while it runs and holds from the next request on. */
export interface OpenaiSettings extends ImageApiSettings {
  /** The models that it has, by the names that requests give. */
  models: readonly string[];
  /**
   * In which form the pictures come: the bytes, an address, or by turns one and the other; `usual` is
   * as the server does it and, where it listens to that, as it was asked.
   */
  pictureForm: 'usual' | 'bytes' | 'address' | 'mixed';
  /** Whether DALL·E 3 writes each prompt anew. */
  rewrites: boolean;
  /** Whether vLLM-Omni's engine has been started. */
  ready: boolean;
  /** Whether there is a list of models. */
  listsModels: boolean;
}

export function defaultSettings(models: readonly string[]): OpenaiSettings {
  return {
    ...defaultImageApiSettings(),
    pictureLifeMs: 3_600_000,
    models,
    pictureForm: 'usual',
    rewrites: true,
    ready: true,
    listsModels: true,
  };
}
