/** Letters that Unicode does not take apart but people type without their mark; Northern Sámi and the neighbours' names have them. */
const bareLetter: Record<string, string> = {
  ø: "o",
  đ: "d",
  ð: "d",
  ŋ: "n",
  ŧ: "t",
  ł: "l",
  ı: "i",
  æ: "ae",
  ß: "ss",
  þ: "th",
};

const marks = /\p{Mark}/gu;

const withoutMarks = (text: string) => text.normalize("NFD").replace(marks, "");

/** å, ä and ö are letters of their own in Finnish and Swedish and stay; every other accent goes (é -> e, š -> s). */
const onlyNordicMarks = (text: string) =>
  Array.from(text, (letter) => (/[åäö]/.test(letter) ? letter : (bareLetter[letter] ?? withoutMarks(letter)))).join("");

const uniqueWords = (text: string) => [...new Set(text.match(/[\p{L}\p{N}]+/gu) ?? [])];

const plain = (text: string) => onlyNordicMarks(text.normalize("NFKC").toLowerCase().normalize("NFC"));

/** The words somebody searches with: lower case, unique, with å, ä and ö as typed. Look each up among the stored `searchWords`. */
export function queryWords(text: string): string[] {
  return uniqueWords(plain(text));
}

/** The words to store for search, unique: each as in `queryWords`, and with å, ä and ö bare, so that both "mäkelä" and "makela" find Mäkelä. */
export function searchWords(text: string): string[] {
  return [...new Set(queryWords(text).flatMap((word) => [word, withoutMarks(word)]))];
}

/** The beginnings of a word, from `min` to `max` letters: "oulu" -> o, ou, oul, oulu. */
export function prefixes(word: string, min = 1, max = 12): string[] {
  const letters = Array.from(word);
  const beginnings: string[] = [];
  for (let length = min; length <= Math.min(max, letters.length); length++) {
    beginnings.push(letters.slice(0, length).join(""));
  }
  return beginnings;
}
