/** What a choice of a model depends on besides the wish and the guild's rules. */
export interface Circumstances {
  /** The answer is for the member alone. */
  readonly private: boolean;
  /** Only adults see the channel. Absent, like `false`, where it is not known. */
  readonly ageRestricted?: boolean | undefined;
  /** Pictures where the member does not say how many: 1–4, the operator's. */
  readonly defaultImages: number;
  /** Sent to models that take one where the member gave none: a whole number, 0 or more. */
  readonly seed: number;
}
