// How a copy is closed: gzip, then age to those who may open it; who made it stands signed in the header, where the stock `age` passes over it.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGunzip, createGzip, gunzip, gzip } from "node:zlib";
import { Decrypter, Encrypter, type Identity, type Recipient, Stanza } from "age-encryption";
import { isSignedBy } from "../keys/running.ts";
import { digestHex } from "../keys/token.ts";
import { Problem } from "../values/problem.ts";

/** Ed25519: 32 raw bytes of the public key, 64 of a signature. As `keys.signers()` gives them. */
export type Signing = { readonly publicKey: Uint8Array; sign(bytes: Uint8Array): Uint8Array };

/** `recipients`: age1…; `identities`: AGE-SECRET-KEY-1…; `trusted`: public keys of 32 bytes. */
export type Sealing = {
  readonly installation: string;
  readonly recipients: readonly string[];
  readonly signers: readonly Signing[];
};
/** `trusted` null: nobody is known yet; only for the copy of the keyring that tells who is, which proves itself. */
export type Unsealing = {
  readonly installation: string;
  readonly identities: readonly string[];
  readonly trusted: readonly Uint8Array[] | null;
};

// A file that is written every minute is small; the cheapest level keeps up with an import on two slow cores.
const level = 1;
const stanzaType = "tietovirta-signature";

/** A whole small thing, under the path it will have at the target: moved to another name it does not open. */
export async function seal(plain: Uint8Array, path: string, at: Date, by: Sealing): Promise<Buffer> {
  const payload = await promisify(gzip)(plain, { level });
  const told = statement(by.installation, path, at.toISOString(), digestHex(payload));
  const encrypter = encrypterFor(by.recipients);
  for (const { publicKey, sign } of by.signers)
    encrypter.addRecipient(
      passing(new Stanza([stanzaType, base64(publicKey), at.toISOString()], new Uint8Array(sign(told)))),
    );
  return Buffer.from(await encrypter.encrypt(new Uint8Array(payload)));
}

/** Throws `backupWrongKey`, `backupForged` (nobody we trust made it) and `backupDamaged`, each naming the path. */
export async function unseal(sealed: Uint8Array, path: string, by: Unsealing): Promise<{ plain: Buffer; at: Date }> {
  const { trusted } = by;
  const signatures: Stanza[] = [];
  const decrypter = decrypterFor(by.identities, signatures);
  const payload = await decrypter.decrypt(sealed).catch((error) => {
    throw openingProblem(error, path);
  });
  for (const { args, body } of signatures) {
    const [, key = "", at = ""] = args;
    const told = statement(by.installation, path, at, digestHex(payload));
    const known = trusted === null || trusted.some((publicKey) => base64(publicKey) === key);
    if (known && isSignedBy(Buffer.from(key, "base64url"), told, body))
      return { plain: await promisify(gunzip)(payload), at: new Date(at) };
  }
  throw new Problem("backupForged", 422, { file: path });
}

/** A stream too large to hold; who made it is told by the manifest that holds its hash. */
export async function sealStream(plain: AsyncIterable<Uint8Array>, recipients: readonly string[]): Promise<Stream> {
  const zipped = through(plain, createGzip({ level }));
  return encrypterFor(recipients).encrypt(streamOf(zipped));
}

/** Throws as `unseal` does, but for the signature; also while it is read. */
export async function* unsealStream(
  sealed: AsyncIterable<Uint8Array>,
  path: string,
  identities: readonly string[],
): AsyncGenerator<Uint8Array> {
  try {
    const payload = await decrypterFor(identities).decrypt(streamOf(sealed));
    yield* through(payload, createGunzip());
  } catch (error) {
    throw error instanceof Problem ? error : openingProblem(error, path);
  }
}

type Stream = AsyncIterable<Uint8Array>;

/** As `ReadableStream.from`, which not every set of types that this file is read with knows. */
function streamOf(source: Stream): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => void (await iterator.return?.()),
    },
    // Nothing is read that nobody has asked for.
    { highWaterMark: 0 },
  );
}

async function* through(source: Stream, transform: NodeJS.ReadWriteStream & AsyncIterable<Buffer>) {
  const done = pipeline(Readable.from(source, { objectMode: false }), transform);
  // Whoever reads hears of it too; unheard here it would end the process.
  done.catch(() => undefined);
  yield* transform;
  await done;
}

function encrypterFor(recipients: readonly string[]): Encrypter {
  if (recipients.length === 0) throw new Error("nobody could open the copy");
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter;
}

function decrypterFor(identities: readonly string[], signatures: Stanza[] = []): Decrypter {
  const decrypter = new Decrypter();
  // Sees the header and opens nothing.
  const reader: Identity = {
    unwrapFileKey: (stanzas) => {
      signatures.push(...stanzas.filter(({ args }) => args[0] === stanzaType));
      return null;
    },
  };
  decrypter.addIdentity(reader);
  for (const identity of identities) decrypter.addIdentity(identity);
  return decrypter;
}

const passing = (stanza: Stanza): Recipient => ({ wrapFileKey: () => [stanza] });

const statement = (installation: string, path: string, at: string, sha256: string) =>
  Buffer.from(`tietovirta copy 1\n${installation}\n${path}\n${at}\n${sha256}\n`);

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

function openingProblem(error: unknown, file: string): Problem {
  const noneFits = error instanceof Error && /no identity matched/.test(error.message);
  return new Problem(noneFits ? "backupWrongKey" : "backupDamaged", 422, { file });
}
