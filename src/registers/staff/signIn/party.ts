// The party that passkeys are made for: a host name that people reach over HTTPS, or localhost (WebAuthn Level 3 sections 5.1.2 and 13.4.9).

/** `id`: the host name; `origin`: what the browser must say the page is. */
export type Party = { id: string; origin: string };
export type NoParty = { not: "passkeysNeedName" | "passkeysNeedHttps" };

/** `publicUrl`: where people reach the web over HTTPS; without one the server is on this machine and `host` is what the browser asked for. */
export function partyAt({ publicUrl, host }: { publicUrl: string | undefined; host: string }): Party | NoParty {
  const url = URL.parse(publicUrl ?? `http://${host}`);
  if (!url) return { not: "passkeysNeedName" };
  const name = url.hostname;
  // A parsed address stands in brackets (version 6) or in four decimal numbers (version 4), however it was written.
  if (/^\[|^\d+(\.\d+){3}$/.test(name)) return { not: "passkeysNeedName" };
  if (publicUrl === undefined && name !== "localhost") return { not: "passkeysNeedHttps" };
  return { id: name, origin: url.origin };
}
