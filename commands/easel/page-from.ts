/** Where the page begins that a button's ref names. One that was made up begins the first. */
export function pageFrom(ref: string): number {
  return /^\d{1,6}$/.test(ref) ? Number(ref) : 0;
}
