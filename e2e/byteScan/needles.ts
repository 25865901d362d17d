// One value in every way it could stand in a file.

export type Needle = { value: string; encoding: string; bytes: Buffer };

/** Each planted value has at least this many characters, none of them likely beside the others by chance. */
export const FEWEST_CHARACTERS = 12;

export function needlesOf(values: readonly string[]): Needle[] {
  const all = values.flatMap((value) =>
    [...new Set([value, value.toLowerCase(), value.toUpperCase(), withoutMarks(value)])].flatMap((form) =>
      Object.entries(encodings(form)).map(([encoding, bytes]) => ({ value, encoding, bytes })),
    ),
  );
  const seen = new Set<string>();
  return all.filter(({ bytes }) => {
    const key = bytes.toString("latin1");
    return !seen.has(key) && seen.add(key);
  });
}

function encodings(text: string): Record<string, Buffer> {
  const utf8 = Buffer.from(text, "utf8");
  const ascii = (written: string) => Buffer.from(written, "latin1");
  const hex = utf8.toString("hex");
  return {
    utf8,
    latin1: Buffer.from(text, "latin1"),
    utf16le: Buffer.from(text, "utf16le"),
    utf16be: Buffer.from(text, "utf16le").swap16(),
    hex: ascii(hex),
    "hex upper": ascii(hex.toUpperCase()),
    url: ascii(encodeURIComponent(text)),
    form: ascii(encodeURIComponent(text).replaceAll("%20", "+")),
    "quoted-printable": ascii(quotedPrintable(utf8)),
    json: ascii(
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`),
    ),
    ...base64At(utf8),
  };
}

const withoutMarks = (text: string) => text.normalize("NFD").replace(/\p{Mark}/gu, "");

/** The same bytes look different in base64 by where they begin; letters at both ends depend on the neighbours and are cut off. */
function base64At(bytes: Buffer): Record<string, Buffer> {
  const found: Record<string, Buffer> = {};
  for (const offset of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    found[`base64+${offset}`] = Buffer.from(padded.toString("base64").slice(first, last), "latin1");
    found[`base64url+${offset}`] = Buffer.from(padded.toString("base64url").slice(first, last), "latin1");
  }
  return found;
}

const quotedPrintable = (bytes: Buffer): string =>
  Array.from(bytes, (byte) =>
    (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");
