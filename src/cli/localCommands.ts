// What a command line may ask of the server beside it. One line a command; each is a function that server and command line share.
import type { Gate } from "../gate/gate.ts";
import { eraseCommands } from "./eraseCommands.ts";
import { proofCommands } from "./proofCommands.ts";
import { tokenCommands } from "./tokenCommands.ts";

export type LocalContext = {
  gate: Gate;
  /** Forgets a revoked token at once; nothing to forget where no server runs. */
  forgetToken: (id: string) => void;
};

export const localCommands = {
  ...tokenCommands,
  ...eraseCommands,
  ...proofCommands,
} as const;

export type LocalName = keyof typeof localCommands;
export type LocalArgs<N extends LocalName> = Parameters<(typeof localCommands)[N]>[1];
export type LocalResult<N extends LocalName> = Awaited<ReturnType<(typeof localCommands)[N]>>;
