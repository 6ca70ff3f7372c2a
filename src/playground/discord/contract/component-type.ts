/** Discord's component types (docs: components/reference), as far as messages and modals of bots use them. */
export const ComponentType = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** The selects; each stands alone in its row. */
export const SELECTS: readonly number[] = [
  ComponentType.stringSelect,
  ComponentType.userSelect,
  ComponentType.roleSelect,
  ComponentType.mentionableSelect,
  ComponentType.channelSelect,
];

/** What a type is called in a sentence. */
export function nameOf(type: unknown): string {
  const found = Object.entries(ComponentType).find(([, number]) => number === type);
  return found
    ? `${found[0]} (${String(found[1])})`
    : `type ${JSON.stringify(type) ?? 'undefined'}`;
}
