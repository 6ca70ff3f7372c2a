/**
 * A member's text as plain text in a message: on one line, with a backslash before every ASCII
 * punctuation character, since Discord's markdown takes "backslash, then anything but a letter, a
 * digit or a space" as that character itself. Mentions, timestamps, links and lists are thus inert.
 */
export function escape(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
