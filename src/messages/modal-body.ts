/** A modal with fields of text. Source: Discord's component reference, "Label" and "Text Input". */
export interface ModalBody {
  /** `command:action:ref`; the form comes back under it. */
  readonly customId: string;
  /** At most 45 characters. */
  readonly title: string;
  /** 1–5. */
  readonly fields: readonly ModalField[];
}

export interface ModalField {
  /** What the form calls it. */
  readonly id: string;
  /** At most 45 characters. */
  readonly label: string;
  /** A smaller line under the label, at most 100 characters. */
  readonly hint?: string;
  /** Shown while nothing is typed, at most 100 characters. */
  readonly placeholder?: string;
  /** One line, or several. */
  readonly lines: 'one' | 'many';
  readonly required: boolean;
  /** For what is typed: 0–4000 characters. One that is not required may be left empty all the same. */
  readonly minLength?: number;
  /** 1–4000 characters. */
  readonly maxLength: number;
  /** What it is filled with beforehand, within these lengths. */
  readonly value?: string;
}
