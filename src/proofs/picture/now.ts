// The flow picture of the description in force, and of a period what the log saw.

import type { Orientation } from "../../documents/flowPicture/boxes.ts";
import { forPaper, type Palette } from "../../documents/flowPicture/palette.ts";
import { type DrawnPicture, drawnPicture, type Period } from "../../documents/flowPicture/picture.ts";
import type { Caller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { decideKeeping } from "../../policy/decide.ts";
import { flowCounts } from "../../registers/evidence/flowCounts.ts";
import { addDays, type Day, dayInHelsinki } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { carriedNow } from "../documents.ts";
import { layoutApart } from "./layoutApart.ts";

type Asked = { language: Language; orientation: Orientation; palette: Palette; period: Period | null; id: string };

export const pictureNow = (gate: Gate, asked: Asked): Promise<DrawnPicture> =>
  drawnPicture(gate.inForce().description, { ...asked, inUse: carriedNow(), layout: layoutApart });

const YEAR = 365;

/** On paper: what the description says, and where a caller is given who may read the log, what it saw in the year up to today. */
export async function printedPicture(gate: Gate, language: Language, caller?: Caller): Promise<DrawnPicture> {
  const to = dayInHelsinki(gate.clock.now());
  const from = addDays(to, 1 - YEAR);
  const period = caller ? await periodSeen(gate, caller, { from, to }) : null;
  return pictureNow(gate, { language, orientation: "wide", palette: forPaper, period, id: "flows" });
}

/** Looking into the log is written into it. null where the caller may not: the rest of the picture is theirs all the same. */
export async function periodSeen(gate: Gate, caller: Caller, days: { from: Day; to: Day }): Promise<Period | null> {
  const { actor } = caller;
  const may =
    actor.kind === "system" || decideKeeping(gate.inForce().description, actor, "audit", "read").outcome === "allowed";
  if (!may) return null;
  const ask = { register: "evidence", verb: "read", place: "roles" } as const;
  return { ...days, ...(await gate.serving(caller, ask, (grant) => flowCounts(grant, days))) };
}
