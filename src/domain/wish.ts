import type { Aspect } from './aspect.ts';
import type { ReferenceImage } from './request.ts';

/** What a member asks for, before it is decided which model serves it. What was left out is absent. */
export interface Wish {
  /** 3–1024 code points, trimmed. */
  readonly prompt: string;
  /** The key of a model. */
  readonly model?: string;
  readonly images?: number;
  readonly guidance?: number;
  readonly steps?: number;
  readonly aspect?: Aspect;
  readonly negative?: string;
  readonly seed?: number;
  readonly scheduler?: string;
  /** The name of one of the guild's styles, else of one of the model's own. */
  readonly style?: string;
  readonly image?: ReferenceImage;
  readonly strength?: number;
  readonly spoiler?: boolean;
}
