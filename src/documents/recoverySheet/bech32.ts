// Bech32 (BIP 173), in which age writes its keys: 32 letters that are hard to confuse, and a checksum that finds up to four wrong ones.

const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;

/** Lower case. `prefix` is the part before the "1". */
export function bech32(prefix: string, bytes: Uint8Array): string {
  const data = regroup(bytes, 8, 5, true) ?? [];
  const sum = polymod([...expanded(prefix), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const checksum = [0, 1, 2, 3, 4, 5].map((n) => (sum >>> (5 * (5 - n))) & 31);
  return `${prefix}1${[...data, ...checksum].map((five) => LETTERS[five]).join("")}`;
}

/** The bytes, or null where the text is not of the prefix or a letter of it is wrong. Upper or lower case, never both. */
export function fromBech32(prefix: string, text: string): Uint8Array | null {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return null;
  if (!lower.startsWith(`${prefix}1`) || lower.length < prefix.length + 7) return null;
  const data = [...lower.slice(prefix.length + 1)].map((letter) => LETTERS.indexOf(letter));
  if (data.includes(-1) || polymod([...expanded(prefix), ...data]) !== 1) return null;
  const bytes = regroup(data.slice(0, -6), 5, 8, false);
  return bytes === null ? null : Uint8Array.from(bytes);
}

const expanded = (prefix: string): number[] => {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
};

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATORS.forEach((generator, n) => {
      if ((top >>> n) & 1) sum ^= generator;
    });
  }
  return sum;
}

/** Numbers of `from` bits as numbers of `to` bits; null where the rest that is left over is not padding. */
function regroup(values: Iterable<number>, from: number, to: number, pad: boolean): number[] | null {
  let kept = 0;
  let bits = 0;
  const out: number[] = [];
  for (const value of values) {
    kept = ((kept << from) | value) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push((kept >>> bits) & ((1 << to) - 1));
    }
  }
  const rest = (kept << (to - bits)) & ((1 << to) - 1);
  if (pad) return bits > 0 ? [...out, rest] : out;
  return bits >= from || rest !== 0 ? null : out;
}
