// Who wrote by the public form and has not been answered: a day of the customer's like the others, gone when somebody of the company has been in touch.
import type { WritingGrant } from "../../gate/gate.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { noteEvents } from "./store.ts";

export const AWAITING_ANSWER = "awaitingAnswer";

export const awaitAnswer = (grant: WritingGrant<"customers", "collect">): Promise<void> =>
  noteEvents(grant, { [AWAITING_ANSWER]: dayInHelsinki(grant.at) });

/** The answer is a contact, from which retention may be counted. Again it changes nothing: who waits for nothing has no new contact. */
export async function answered(
  grant: WritingGrant<"customers", "change"> | WritingGrant<"customers", "collect">,
): Promise<void> {
  const gone = await grant.delete("customer_event").where("event", "=", AWAITING_ANSWER).executeTakeFirst();
  if (gone.numDeletedRows > 0n) await noteEvents(grant, { lastContact: dayInHelsinki(grant.at) });
}
