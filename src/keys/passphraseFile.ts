import { readFile } from "node:fs/promises";
import { errorCode } from "./errorCode.ts";
import type { Passphrase } from "./ring/rootStore.ts";

/** The passphrase in a file (a systemd credential, say), without the line's end. Unreadable counts as none: the keyring then says so. */
export function passphraseFile(path: string | undefined): Passphrase | undefined {
  if (path === undefined) return undefined;
  return async () => {
    try {
      return (await readFile(path, "utf8")).replace(/\r?\n$/, "");
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return "";
    }
  };
}
