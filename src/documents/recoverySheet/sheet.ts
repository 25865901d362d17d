// What stands on the recovery sheet: everything the page shows, so that the page holds no words and this file no layout.
import { encode } from "uqr";
import { type Day, formatDay } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { ageRecipientOf, ageSecretOf, wordsOf } from "./secret.ts";
import { recoveryWords } from "./words.ts";

export type ToPrint = {
  installation: string;
  company: string;
  day: Day;
  /** 32 bytes each. */
  secret: Uint8Array;
  recipient: Uint8Array;
};
type Part = { heading: string; text: string };
export type Sheet = {
  language: Language;
  title: string;
  lead: string;
  facts: readonly (readonly [label: string, value: string])[];
  parts: readonly Part[];
  words: { heading: string; note: string; list: readonly string[] };
  /** Rows of dark (1) and light (0) squares, without the quiet zone. */
  qr: { heading: string; rows: readonly string[] };
  use: { heading: string; steps: readonly string[] };
  open: Part & { command: string };
  confirm: string;
  sign: readonly string[];
};

export const RENEW = "npx tietovirta keys recovery-sheet --renew";
export const RESTORE = "npx tietovirta restore";

export function recoverySheet({ installation, company, day, secret, recipient }: ToPrint, language: Language): Sheet {
  const w = recoveryWords(language);
  const part = (name: string, values = {}): Part => ({
    heading: w(`${name}.heading`),
    text: w(`${name}.text`, values),
  });
  return {
    language,
    title: w("title"),
    lead: w("lead"),
    facts: [
      [w("fact.company"), company],
      [w("fact.installation"), installation],
      [w("fact.day"), formatDay(day, language)],
      [w("fact.recipient"), ageRecipientOf(recipient)],
    ],
    parts: [part("what"), part("lost", { command: RENEW }), part("found"), part("keep")],
    words: { heading: w("words.heading"), note: w("words.note"), list: wordsOf(secret) },
    qr: { heading: w("qr.heading"), rows: squares(ageSecretOf(secret)) },
    use: {
      heading: w("use.heading"),
      steps: [1, 2, 3, 4].map((n) => w(`use.${n}`, n === 2 ? { command: RESTORE } : {})),
    },
    open: { ...part("open"), command: `age -d -i ${w("file.key")} -o ${w("file.tar")} ${w("file.age")}` },
    confirm: w("confirm"),
    sign: [w("sign.copy"), w("sign.place"), w("sign.name")],
  };
}

/** Level Q: a fold or a stain over a fourth of the code still reads. */
const squares = (text: string): string[] =>
  encode(text, { ecc: "Q", border: 0 }).data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
