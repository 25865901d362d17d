// Passkeys (WebAuthn Level 3): made and used with the person's own verification on the device, so that one is two factors by itself.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { z } from "zod";
import type { Caller } from "../../../gate/caller.ts";
import type { Gate } from "../../../gate/gate.ts";
import { Problem } from "../../../values/problem.ts";
import { CHALLENGE_MS } from "../../../values/safety.ts";
import { newId } from "../../../values/Uuid.ts";
import type { Assertion, NewCredential } from "../contract.ts";
import { refuseSignIn } from "./admit.ts";
import { credentialMac } from "./macs.ts";
import type { Party } from "./party.ts";
import { type Credential, countPasskey, findPasskey, type NewPasskey } from "./store.ts";

/** EdDSA, ES256 and RS256 (RFC 9053, RFC 8812): what authenticators have. Named, because the library would ask this Node about experimental ones. */
const ALGORITHMS = [-8, -7, -257];

type User = { id: string; login: string; name: string };

/** Asks for a passkey that the device itself finds again (no name is typed) and that is not there yet. */
export const creationOptions = (party: Party, company: string, user: User, has: readonly Credential[]) =>
  generateRegistrationOptions({
    rpName: company,
    rpID: party.id,
    userID: bytesOf(user.id),
    userName: user.login,
    userDisplayName: user.name,
    timeout: CHALLENGE_MS,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: has.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });

/** Without `has` any passkey of the party's: nothing is told of who has one. */
export const requestOptions = (party: Party, has?: readonly Credential[]) =>
  generateAuthenticationOptions({
    rpID: party.id,
    timeout: CHALLENGE_MS,
    userVerification: "required",
    ...(has && { allowCredentials: has.map(({ id, transports }) => ({ id, transports })) }),
  });

/** Throws `passkeyFailed` where it does not answer the challenge at this address. */
export async function verifyNew(
  gate: Gate,
  party: Party,
  challenge: string,
  credential: z.output<typeof NewCredential>,
  label: string,
): Promise<NewPasskey> {
  const { clientDataJSON, attestationObject, transports = [] } = credential.response;
  const verified = await verifyRegistrationResponse({
    response: { ...credential, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null);
  if (!verified?.verified) throw new Problem("passkeyFailed", 422);
  const { credential: made, credentialBackedUp } = verified.registrationInfo;
  return {
    id: newId(),
    mac: credentialMac(gate, made.id),
    credential: { id: made.id, publicKey: Buffer.from(made.publicKey).toString("base64url"), transports },
    label,
    counter: made.counter,
    backedUp: credentialBackedUp,
  };
}

/**
 * Whose passkey answers the challenge. `of`: only this account's. Throws `passkeyFailed`, the same whether the passkey is unknown, another's, for another
 * address or a copy of one.
 */
export async function verifyAssertion(
  gate: Gate,
  caller: Caller,
  { party, challenge, of }: { party: Party; challenge: string | null; of?: string },
  assertion: z.output<typeof Assertion>,
): Promise<string> {
  const { clientDataJSON, authenticatorData, signature, userHandle } = assertion.response;
  const silent = { register: "staff", verb: "read", place: "roles", silent: true } as const;
  const mac = credentialMac(gate, assertion.id);
  const found = await gate.serving(caller, silent, (grant) => findPasskey(grant, mac));
  const refuse = () => refuseSignIn(gate, caller, found ? [found.subject] : [], "passkeyFailed");
  if (!found || challenge === null || (of !== undefined && found.subject !== of)) return refuse();
  if (userHandle !== undefined && userHandle !== Buffer.from(bytesOf(found.subject)).toString("base64url"))
    return refuse();
  const verified = await verifyAuthenticationResponse({
    response: { ...assertion, response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: found.credential.id,
      publicKey: new Uint8Array(Buffer.from(found.credential.publicKey, "base64url")),
      counter: found.counter,
    },
  }).catch(() => null);
  if (!verified?.verified) return refuse();
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  const used = await gate.serving(caller, { ...silent, verb: "change", subject: found.subject }, (grant) =>
    countPasskey(grant, found.id, newCounter, credentialBackedUp),
  );
  return used ? found.subject : refuse();
}

/** A UUID as its sixteen bytes: the user handle that a passkey keeps says nothing of the person. */
const bytesOf = (uuid: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(uuid.replaceAll("-", ""), "hex"));
