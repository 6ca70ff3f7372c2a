/** What a member asks for, already checked against the {@link ranges}. */
export interface ImageRequest {
  /** 3–1024 code points, trimmed. */
  readonly prompt: string;
  /** How many pictures, 1–4. */
  readonly images: number;
  /** How closely the picture follows the prompt, 1.0–49.99. */
  readonly guidance: number;
}

/**
 * What each option allows. Discord's client is told the same numbers, but a client can be bypassed,
 * so both the command's definition and its parser read them from here.
 * Source: Claid's contract (`input` 3..1024, `number_of_images` 1..4, `guidance_scale` 1 ≤ x < 50).
 */
export const ranges = {
  prompt: { min: 3, max: 1024 },
  images: { min: 1, max: 4 },
  guidance: { min: 1, max: 49.99, default: 5 },
} as const;
