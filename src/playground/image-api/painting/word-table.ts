/** A table from each word to what it stands for, written the other way round: value → its words. */
export function wordTable<T extends string>(
  words: Readonly<Record<T, string>>,
): ReadonlyMap<string, T> {
  const table = new Map<string, T>();
  for (const value in words) {
    for (const word of words[value].split(' ')) table.set(word, value);
  }
  return table;
}
