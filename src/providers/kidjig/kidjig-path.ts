/** Fills in a path of the setting. The id of a model is fit for a path, that of a request may be anything. */
export function kidjigPath(
  template: string,
  { model, id = '' }: { readonly model: string; readonly id?: string },
): string {
  const filled: Readonly<Record<string, string>> = {
    '{model}': model,
    '{request_id}': encodeURIComponent(id),
  };
  return template.replaceAll(/\{model\}|\{request_id\}/g, (name) => filled[name] ?? name);
}
