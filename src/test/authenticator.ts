// An authenticator in software (WebAuthn Level 3 section 6): it keeps discoverable passkeys, verifies its user and counts.
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

type Kept = { id: Buffer; key: KeyObject; party: string; user: string };
/** `verified: false`: only touched, nobody was recognised. `counter`: what it counts from; 0 does not count. */
type Made = { origin: string; verified?: boolean; counter?: number };

export function authenticator({ origin, verified = true, counter = 0 }: Made) {
  const kept: Kept[] = [];
  let counts = counter;
  const flags = (more: number) => 0x01 | (verified ? 0x04 : 0) | more;
  const client = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const head = (party: string, bits: number) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counts);
    return Buffer.concat([sha256(party), Buffer.from([bits]), count]);
  };
  const shown = (id: Buffer) => ({ id: text(id), rawId: text(id), type: "public-key" as const });

  return {
    kept,
    /** Counts from here: an earlier number is what a copy would have. */
    countFrom: (number: number) => {
      counts = number;
    },
    /** What `navigator.credentials.create` would give for the options. */
    create(options: { challenge: string; rp: { id: string }; user: { id: string } }) {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const id = randomBytes(16);
      kept.push({ id, key: privateKey, party: options.rp.id, user: options.user.id });
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      const cose = map([
        [int(1), int(2)],
        [int(3), int(-7)],
        [int(-1), int(1)],
        [int(-2), bytes(Buffer.from(x, "base64url"))],
        [int(-3), bytes(Buffer.from(y, "base64url"))],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const data = Buffer.concat([head(options.rp.id, flags(0x40)), Buffer.alloc(16), length, id, cose]);
      const object = map([
        [words("fmt"), words("none")],
        [words("attStmt"), map([])],
        [words("authData"), bytes(data)],
      ]);
      const response = {
        clientDataJSON: text(client("webauthn.create", options.challenge)),
        attestationObject: text(object),
        transports: ["internal"],
      };
      return { ...shown(id), response };
    },
    /** What `navigator.credentials.get` would give: the newest passkey of the party, or the `nth`. */
    get(options: { challenge: string; rpId: string }, nth = -1) {
      const found = kept.filter(({ party }) => party === options.rpId).at(nth);
      if (!found) throw new Error("no passkey of this party");
      if (counts > 0) counts++;
      const authenticatorData = head(found.party, flags(0));
      const clientData = client("webauthn.get", options.challenge);
      const signature = createSign("sha256")
        .update(Buffer.concat([authenticatorData, sha256(clientData)]))
        .sign(found.key);
      return {
        ...shown(found.id),
        response: {
          clientDataJSON: text(clientData),
          authenticatorData: text(authenticatorData),
          signature: text(signature),
          userHandle: found.user,
        },
      };
    },
  };
}

const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest();
const text = (content: Buffer) => content.toString("base64url");

// CBOR (RFC 8949), as much as is needed.
function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  if (size < 256) return Buffer.from([(major << 5) | 24, size]);
  return Buffer.from([(major << 5) | 25, size >> 8, size & 0xff]);
}
const int = (n: number) => (n >= 0 ? head(0, n) : head(1, -1 - n));
const bytes = (content: Buffer) => Buffer.concat([head(2, content.length), content]);
const words = (content: string) => Buffer.concat([head(3, content.length), Buffer.from(content)]);
const map = (entries: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);
