/** What commands in a prompt come to, and what is left of it. */
export interface Tagged {
  readonly prompt: string;
  readonly loras: readonly string[];
}

/**
 * Obeys `<lora:name:weight>` as stable-diffusion.cpp does: a tag whose weight is no number is taken
 * out and does nothing. Source: `extract_and_remove_lora` in its `examples/common`.
 */
export function takeLoras(prompt: string): Tagged {
  const loras: string[] = [];
  const rest = prompt.replace(/<lora:([^:>]+):([^>]+)>/g, (_, name: string, weight: string) => {
    if (!Number.isNaN(Number.parseFloat(weight))) loras.push(name);
    return '';
  });
  return { prompt: rest, loras };
}

/**
 * Takes `<sd_cpp_extra_args>` out of a prompt: the JSON of the first one is obeyed, the others are only
 * taken out. Source: `extract_and_remove_sd_cpp_extra_args` of stable-diffusion.cpp's server.
 */
export function takeExtraArgs(prompt: string): { readonly prompt: string; readonly args: string } {
  const tag = /<sd_cpp_extra_args>(.*?)<\/sd_cpp_extra_args>/;
  const args = tag.exec(prompt)?.[1] ?? '';
  return { prompt: prompt.replaceAll(new RegExp(tag, 'g'), ''), args };
}
