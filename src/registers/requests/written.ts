// What the person wrote, as it is sealed: one text.
import { z } from "zod";

const Written = z.object({ name: z.string(), replyTo: z.string(), asks: z.string() });
/** Who asks, where the answer goes, and what is asked in the person's own words. */
export type Written = z.infer<typeof Written>;

export const writtenText = (words: Written): string => JSON.stringify(words);
export const written = (text: string | null): Written | null =>
  text === null ? null : Written.parse(JSON.parse(text));
