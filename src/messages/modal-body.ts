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
  /** At most 45 and 100 characters. */
  readonly label: string;
  readonly hint?: string;
  /** One line, or several. */
  readonly lines: 'one' | 'many';
  readonly required: boolean;
  /** At most 4000. */
  readonly maxLength: number;
  readonly value?: string;
}
