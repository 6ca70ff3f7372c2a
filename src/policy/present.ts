/** What is left of an object without the properties that are `undefined`. */
export type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is `undefined`: in a wish and in a request, what is not given is absent. */
export function present<T extends object>(values: T): Present<T> {
  const there = Object.entries(values).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each property stands under its own name
  return Object.fromEntries(there) as Present<T>;
}
