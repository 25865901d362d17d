/** The remainder by 97 of letters and digits read as a number, A = 10 … Z = 35 (ISO 7064 as IBAN and RF use it); digit by digit, since the number is too large for one. */
export function mod97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** The two check digits that stand after `prefix` (a country, or RF) before `body`. */
export function mod97CheckDigits(prefix: string, body: string): string {
  return String(98 - mod97(`${body}${prefix}00`)).padStart(2, "0");
}
