/** What a member is offered while typing into an option. */
export interface Choice {
  /** What people see, 1–100 characters. */
  readonly name: string;
  /** What the option will hold, 1–100 characters. */
  readonly value: string;
}
