// Which commands go on while the disk is nearly full: those that only look, and a copy, which goes elsewhere and is wanted most of all then.
import type { LocalName } from "./localCommands.ts";

const LOOKING: ReadonlySet<string> = new Set([
  "backup now",
  "backup state",
  "erase preview",
  "examine",
  "export to",
  "keys inventory",
  "keys lost",
  "log checkpoints",
  "log entries",
  "log keys",
  "log verify",
  "plan",
  "print",
  "recovery sheet",
  "recovery state",
  "staff data",
  "staff list",
  "token list",
] satisfies LocalName[]);

/** Every other command would put something new down: refused before anything is begun, as over HTTP. */
export const needsRoom = (command: string): boolean => !LOOKING.has(command);
