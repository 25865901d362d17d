import { phoneShown } from "../values/phoneShown.ts";

/** A kept value as people read it: an address is kept as JSON of its parts, a phone number without spaces. The country is said where it is another than Finland. */
export function readable(value: string): string {
  const parts = value.startsWith("{") ? partsOf(value) : null;
  // Ordinary spaces: this text is taken along as data too.
  if (!parts) return phoneShown(value).replaceAll("\u00a0", " ");
  const { street = "", postalCode = "", town = "", country = "", ...rest } = parts;
  const place = [postalCode, town].filter(Boolean).join(" ");
  return [street, place, ...Object.values(rest), country === "FI" ? "" : country].filter(Boolean).join(", ");
}

function partsOf(value: string): Record<string, string> | null {
  try {
    const parts: unknown = JSON.parse(value);
    if (typeof parts !== "object" || parts === null) return null;
    return Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, String(part ?? "")]));
  } catch {
    return null;
  }
}
