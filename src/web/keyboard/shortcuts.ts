// The keys of the product. What is listed here works, and the help shows it.
import type { Word } from "../words/words.tsx";

/** `g` and then the letter opens the door. */
export const doorLetters: Readonly<Record<string, string>> = {
  "/": "h",
  "/customers": "c",
  "/orders": "o",
  "/invoices": "i",
  "/requests": "r",
  "/description": "d",
  "/flows": "f",
  "/retention": "t",
  "/certificates": "p",
  "/evidence": "e",
  "/backups": "b",
  "/keys": "k",
  "/accounts": "u",
};

export type Shortcut = {
  /** As on the keyboard; `Mod` is Ctrl, and ⌘ on a Mac. */
  keys: readonly string[];
  word: Word;
  /** Where nobody may do it, it is neither shown nor heard. */
  may?: string;
};

/** Work while one writes too, and cannot be switched off: they take two keys at once. */
export const together: readonly Shortcut[] = [
  { keys: ["Mod", "K"], word: "shortcut.palette" },
  { keys: ["Mod", "Enter"], word: "shortcut.save" },
];

/** Work where nothing is written, unless switched off. */
export const alone: readonly Shortcut[] = [
  { keys: ["/"], word: "shortcut.search" },
  { keys: ["n"], word: "shortcut.newCustomer", may: "collect customers" },
  { keys: ["?"], word: "shortcut.help" },
];

/** Work where they are needed, as everywhere. */
export const within: readonly Shortcut[] = [
  { keys: ["↑", "↓"], word: "shortcut.rows" },
  { keys: ["Enter"], word: "shortcut.open" },
  { keys: ["Esc"], word: "shortcut.close" },
];
