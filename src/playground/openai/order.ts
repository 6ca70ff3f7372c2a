import type { PictureType } from '../image-api/picture-type.ts';

/** What a server understood of a request, commands in the prompt obeyed. */
export interface Order {
  readonly model: string;
  /** What is painted. */
  readonly prompt: string;
  readonly negative: string;
  readonly images: number;
  readonly width: number;
  readonly height: number;
  /** `undefined`: whatever the server likes. */
  readonly seed: number | undefined;
  readonly steps: number | undefined;
  readonly guidance: number | undefined;
  /** The LoRAs that the prompt switches on, by name. */
  readonly loras: readonly string[];
  readonly type: PictureType;
  readonly form: 'bytes' | 'address';
}

/** A request that is not taken, in the server's own words. */
export interface Refused {
  readonly status: number;
  readonly body: unknown;
}

/** What most requests leave open. */
export const plainOrder: Pick<
  Order,
  'negative' | 'seed' | 'steps' | 'guidance' | 'loras' | 'type' | 'form'
> = {
  negative: '',
  seed: undefined,
  steps: undefined,
  guidance: undefined,
  loras: [],
  type: 'png',
  form: 'bytes',
};
