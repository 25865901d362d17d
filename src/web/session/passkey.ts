// Passkeys in the browser; fetched when first used.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/browser";

/** The server's options are the browser's own JSON of WebAuthn. */
const plain = (options: object) => JSON.parse(JSON.stringify(options));

/** null where the person closed the browser's own dialog, or no passkey fits. */
export async function usedPasskey(options: object): Promise<AuthenticationResponseJSON | null> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  return startAuthentication({ optionsJSON: plain(options) }).catch(() => null);
}

/** null where the person closed the browser's own dialog, or the device has one already. */
export async function madePasskey(options: object): Promise<RegistrationResponseJSON | null> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  return startRegistration({ optionsJSON: plain(options) }).catch(() => null);
}

export const hasPasskeys = (): boolean => typeof PublicKeyCredential === "function";
