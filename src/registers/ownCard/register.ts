// By what people open their own cards: links, codes that wait, cards that are open. All of it goes with the person, at once.
import { OWNED } from "../../gate/owned.ts";
import { neverDue, type Register, sealing } from "../register.ts";

const way =
  "by what a person opens their own card: hashes and moments, no value; told on the card as looks, gone with the person";

export const ownCard: Register = {
  ...neverDue,
  ...sealing("ownCard"),
  name: "ownCard",
  tables: OWNED.ownCard,
  apart: {
    own_card_link: way,
    own_card_code: way,
    own_card_session: way,
  },
  exportOf: async () => [],
  async eraseOf(steps, _, all) {
    if (!all) return [];
    for (const table of OWNED.ownCard) await steps.ownCard().delete(table).execute();
    return [];
  },
};
