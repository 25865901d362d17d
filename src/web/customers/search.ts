// What the address of the customers' list says: the order and a letter, nothing that somebody typed.
import { LETTERS } from "../../values/Letters.ts";

export type Letter = (typeof LETTERS)[number];
export type ListSearch = { order?: "name" | undefined; letter?: Letter | undefined };

export function listSearch({ order, letter }: Record<string, unknown>): ListSearch {
  if (order !== "name") return {};
  const known = LETTERS.find((one) => one === letter);
  return { order, ...(known !== undefined && { letter: known }) };
}
