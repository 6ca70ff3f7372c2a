import { z } from 'zod';

/**
 * A list of so many entries at the most. Their number is looked at first: zod's own bound would read
 * each of a million entries before it says that there are too many.
 */
export function shortList<T extends z.ZodType>(
  entry: T,
  most: number,
): z.ZodType<readonly z.output<T>[]> {
  return z
    .custom<readonly unknown[]>((value) => Array.isArray(value) && value.length <= most)
    .pipe(z.array(entry));
}
