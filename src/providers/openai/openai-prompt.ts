/**
 * What stable-diffusion.cpp reads as a command in the midst of a prompt: `<sd_cpp_extra_args>` with JSON
 * behind it, which sets whatever its own API can set, and `<lora:name:1>`, which older servers and
 * LocalAI's backend obey. Sources: `examples/server` and `examples/common` of stable-diffusion.cpp.
 */
const commands = [
  /<\s*sd_cpp_extra_args\s*>.*?<\s*\/\s*sd_cpp_extra_args\s*>/gisu,
  /<\s*\/?\s*sd_cpp_extra_args\s*>/giu,
  /<\s*lora\s*:[^<>]*>/giu,
];

/**
 * A text without such commands. They are taken out in any spelling that a server might let pass, and
 * again where taking one out makes another; then each angle bracket that is left becomes a look-alike,
 * so that no command of any name can stand in what is sent.
 */
export function withoutTags(text: string): string {
  let plain = text;
  for (;;) {
    const stripped = commands.reduce((rest, command) => rest.replace(command, ''), plain);
    if (stripped === plain) break;
    plain = stripped;
  }
  return plain.replaceAll('<', '‹').replaceAll('>', '›').trim();
}

/** A text without the bar, behind which LocalAI takes all for what is not to be shown. */
export function withoutBar(text: string): string {
  return text.replaceAll('|', '/');
}

/** A text in which no server of those that we know reads a command. */
export const withoutCommands = (text: string): string => withoutBar(withoutTags(text));
