/** The letters that a digit may stand for within a word, beside itself. */
export function lettersOfDigit(digit: string): readonly string[] {
  return digits.get(digit) ?? [];
}

/** The letters that a sign may stand for within a word; none where it only stands between words. */
export function lettersOfSign(sign: string): readonly string[] {
  return signs.get(sign) ?? [];
}

const digits = readings('0oо 1il 2z 3eз 4aч 5s 6gbб 7t 8b 9g');

const signs = readings(
  '@a $s !il ¡i |il +t €e £l ¢c ¥y §s ×x ₳a ₿b ฿b ₵c ₲g ₭k ₤l ₥m ₦n ₱p ₴s ₮t ₩w',
);

/** Each a sign and then the letters that it may stand for. */
function readings(rows: string): ReadonlyMap<string, readonly string[]> {
  return new Map(rows.split(' ').map(([sign = '', ...letters]) => [sign, letters]));
}
