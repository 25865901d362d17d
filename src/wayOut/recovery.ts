// The recovery paper from its first print to the moment when it is the only place of its secret.
import { answersRightly, askedWords } from "../documents/recoverySheet/challenge.ts";
import { ageRecipientOf, wordsOf } from "../documents/recoverySheet/secret.ts";
import type { Caller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { dayInHelsinki } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { sheetPdf } from "./paper.ts";

/** `recipient`: age1…, the public half; `asked`: numbers of the words by which the paper is confirmed, empty once it is. */
export type Recovery = { confirmed: boolean; installation: string; recipient: string; asked: number[] };

export function recoveryOf({ keys }: Gate): Recovery {
  const { confirmed, recipient } = keys.recovery();
  const asked = confirmed ? [] : askedWords(recipient);
  return { confirmed, installation: keys.installation, recipient: ageRecipientOf(recipient), asked };
}

/** The sheet as a PDF; its event is durable before it leaves. Throws Problem `recoveryConfirmed`. */
export const printSheet = (gate: Gate, caller: Caller, language: Language): Promise<Buffer> =>
  withSecret(gate, async (secret) => {
    await note(gate, caller, "disclose", "keys.recovery.sheet");
    const { keys, clock } = gate;
    return sheetPdf(
      {
        installation: keys.installation,
        company: gate.inForce().description.controller.name,
        day: dayInHelsinki(clock.now()),
        secret,
        recipient: keys.recovery().recipient,
      },
      language,
    );
  });

/**
 * The secret leaves the server for whoever answers with the asked words of the paper. Throws Problem `recoveryConfirmed`, `recoveryWrongWords`
 * {first, second, third: numbers}.
 */
export const confirmSheet = (gate: Gate, caller: Caller, answer: string): Promise<void> =>
  withSecret(gate, async (secret) => {
    const asked = askedWords(gate.keys.recovery().recipient);
    if (!answersRightly(wordsOf(secret), asked, answer)) {
      const [first = 0, second = 0, third = 0] = asked;
      throw new Problem("recoveryWrongWords", 422, { first, second, third });
    }
    await note(gate, caller, "change", "keys.recovery.confirm");
    await gate.keys.confirmRecovery();
  });

/** A new secret for a new paper; the one before goes on opening until the new one is confirmed. */
export async function renewSheet(gate: Gate, caller: Caller): Promise<void> {
  await note(gate, caller, "change", "keys.recovery.renew");
  await gate.keys.renewRecovery();
}

async function withSecret<T>({ keys }: Gate, work: (secret: Buffer) => Promise<T>): Promise<T> {
  const secret = await keys.recoverySecret();
  if (secret === null) throw new Problem("recoveryConfirmed", 409);
  try {
    return await work(secret);
  } finally {
    secret.fill(0);
  }
}

const note = (gate: Gate, caller: Caller, verb: "disclose" | "change", place: string): Promise<void> =>
  gate.serving(caller, { register: "evidence", verb, place }, async () => undefined);
