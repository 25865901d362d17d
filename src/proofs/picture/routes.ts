import type { Serve } from "../../api/serve.ts";
import { type InForce, placeText } from "../../description/inForce.ts";
import { forScreen } from "../../documents/flowPicture/palette.ts";
import type { DrawnPicture } from "../../documents/flowPicture/picture.ts";
import type { Gate } from "../../gate/gate.ts";
import { addDays, dayInHelsinki, parseDay } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { type PicturePart, readFlowPicture } from "./contract.ts";
import { periodSeen, pictureNow } from "./now.ts";

const DAYS = 30;

export function pictureRoutes(serve: Serve, gate: Gate): void {
  serve(readFlowPicture, async (_, { query }, { caller }) => {
    const force = gate.inForce();
    const to = query.to === undefined ? dayInHelsinki(gate.clock.now()) : parseDay(query.to);
    const from = query.from === undefined ? addDays(to, 1 - DAYS) : parseDay(query.from);
    const period = await periodSeen(gate, caller, { from, to });
    const { language, orientation } = query;
    const { drawing, caption, facts } = await pictureNow(gate, {
      language,
      orientation,
      palette: forScreen,
      period,
      id: "flow-picture",
    });
    return {
      language,
      version: force.description.version,
      hash: force.hash,
      period: period && { from, to, since: period.since },
      drawing: JSON.parse(JSON.stringify(drawing)),
      caption: [...caption],
      parts: partsOf(force, facts),
    };
  });
}

/** The things of a picture as the pages get them. */
export const partsOf = (force: InForce, facts: DrawnPicture["facts"]): PicturePart[] =>
  facts.map(({ part, kind, title, says, place, asked, seen, near }) => ({
    ...{ part, kind, title, place, asked, seen },
    says: [...says],
    near: [...near],
    at: placeText(force, place),
  }));

/** The picture under a gate's description for a narrow place, without numbers: laid out at once, without the kernel. */
export async function narrowPicture(gate: Gate, language: Language) {
  const asked = { language, orientation: "tall", palette: forScreen, period: null, id: "start-picture" } as const;
  const { drawing, facts } = await pictureNow(gate, asked);
  return { drawing, parts: partsOf(gate.inForce(), facts) };
}
