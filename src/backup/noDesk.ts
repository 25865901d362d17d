// An installation that copies nothing.
import { Problem } from "../values/problem.ts";
import type { Backups } from "./contract.ts";
import type { Desk } from "./desk.ts";

const NOTHING: Backups = {
  ...{
    target: null,
    operators: false,
    lastBase: null,
    lastAttempt: null,
    log: null,
    gap: false,
    trouble: null,
    troubleFacts: {},
  },
  ...{ journal: { at: null, ageSeconds: null }, keyring: { at: null, ageSeconds: null } },
  ...{ nextBaseAt: null, nextDrillAt: null, kept: [], bases: [], copying: null, drilling: null },
  drill: { state: "nothing", last: [] },
};
const refused = async (): Promise<never> => {
  throw new Problem("backupNoTarget", 409);
};

export const noDesk: Desk = { drilled: false, look: async () => NOTHING, copy: refused, drill: refused };
