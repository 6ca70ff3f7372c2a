/** What a button, a select or a modal carries: `command:action:ref`, so that it works after a restart. Never a closure. */
export interface CustomId {
  readonly command: string;
  readonly action: string;
  /** What it refers to, for example a generation's id. */
  readonly ref: string;
}

/** Each part is 1–32 letters, digits, `_` and `-`, so that it is read back as it was written. */
export function customId({ command, action, ref }: CustomId): string {
  return `${command}:${action}:${ref}`;
}

/** `undefined` where the text is not of that form. */
export function readCustomId(text: string): CustomId | undefined {
  const match = /^([\w-]{1,32}):([\w-]{1,32}):([\w-]{1,32})$/.exec(text);
  const [, command, action, ref] = match ?? [];
  return command && action && ref ? { command, action, ref } : undefined;
}

/** The buttons of a generation's answer. */
export const generationButtons = {
  cancel: (ref: string) => customId({ command: 'imagine', action: 'cancel', ref }),
  delete: (ref: string) => customId({ command: 'imagine', action: 'delete', ref }),
  reallyDelete: (ref: string) => customId({ command: 'imagine', action: 'really-delete', ref }),
  show: (ref: string) => customId({ command: 'imagine', action: 'show', ref }),
} as const;
