/** A Finnish number in groups ("+358 40 123 4567") that no line breaks, any other as it is kept. The tables that know every country are too heavy for a page. */
export function phoneShown(phone: string): string {
  const found = /^\+358(4\d|50|\d)(\d{3})(\d{3,5})$/.exec(phone);
  return found ? `+358\u00a0${found[1]}\u00a0${found[2]}\u00a0${found[3]}` : phone;
}
