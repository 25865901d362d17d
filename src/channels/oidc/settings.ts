import { readFile } from "node:fs/promises";
import { errorCode } from "../../keys/errorCode.ts";
import { Problem } from "../../values/problem.ts";
import { openProvider } from "./provider.ts";
import type { OutsideSignIn } from "./routes.ts";

type Asked = { issuer: string; clientId: string; secretFile: string; system: string };

/** Throws `settings.unreadable` where the file with the secret cannot be read or is empty. */
export async function signInServiceOf({ issuer, clientId, secretFile, system }: Asked): Promise<OutsideSignIn> {
  const name = "OIDC_CLIENT_SECRET_FILE";
  const text = await readFile(secretFile, "utf8").catch((error) => {
    throw new Problem("settings.unreadable", 500, { name, reason: errorCode(error) ?? "unknown" });
  });
  const clientSecret = text.trim();
  if (clientSecret === "") throw new Problem("settings.unreadable", 500, { name, reason: "empty" });
  return { provider: openProvider({ issuer, clientId, clientSecret }), system };
}
