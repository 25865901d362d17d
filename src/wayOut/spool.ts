// Files that grow while others are written. An archive must know a file's size before its first byte, and nothing may lie on the disk in the
// clear: so they wait on it sealed to a key that lives in memory alone. What a crash leaves of them nobody can read.
import { type FileHandle, open, rm } from "node:fs/promises";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

export type OutFile = { path: string; bytes: number; pieces: AsyncIterable<Uint8Array> };
export type Growing = {
  write(text: string): Promise<void>;
  /** No more is coming: the whole file, to be read once. */
  end(): Promise<OutFile>;
};
export type Spools = { growing(path: string): Promise<Growing>; close(): Promise<void> };

/** Bytes that wait in memory before they are sealed. */
const PIECE = 64 * 1024;

/** `beside`: path of the file that they wait beside. */
export async function openSpools(beside: string): Promise<Spools> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const opened: { handle: FileHandle; path: string }[] = [];

  async function growing(path: string): Promise<Growing> {
    const spool = `${beside}.wait${opened.length}`;
    const handle = await open(spool, "wx+", 0o600);
    opened.push({ handle, path: spool });
    // Gone from the folder at once where the system lets an open file go: then not even a kill leaves it there.
    if (process.platform !== "win32") await rm(spool);

    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    const sealed = encrypter.encrypt(readable).then((stream) => saved(handle, stream));
    // Whoever writes hears of it too; unheard here it would end the process.
    sealed.catch(() => undefined);
    const writer = writable.getWriter();
    writer.closed.catch(() => undefined);
    let waiting = "";
    let bytes = 0;

    async function flush(): Promise<void> {
      if (waiting === "") return;
      const piece = Buffer.from(waiting, "utf8");
      waiting = "";
      bytes += piece.length;
      // A disk that takes no more fails the saving first, and then nobody takes this piece.
      await Promise.race([writer.write(piece), sealed.then(() => undefined)]);
    }
    return {
      write: async (text) => {
        waiting += text;
        if (waiting.length >= PIECE) await flush();
      },
      end: async () => {
        await flush();
        await Promise.race([writer.close(), sealed]);
        await sealed;
        const decrypter = new Decrypter();
        decrypter.addIdentity(identity);
        return { path, bytes, pieces: await decrypter.decrypt(ReadableStream.from(readFrom(handle))) };
      },
    };
  }

  return {
    growing,
    close: async () => {
      for (const { handle, path } of opened) {
        await handle.close().catch(() => undefined);
        await rm(path, { force: true });
      }
    },
  };
}

async function saved(handle: FileHandle, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) await handle.writeFile(piece);
}

async function* readFrom(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(PIECE), 0, PIECE, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** A file that is whole already. */
export function wholeFile(path: string, content: string): OutFile {
  const bytes = Buffer.from(content, "utf8");
  return { path, bytes: bytes.length, pieces: ReadableStream.from([bytes]) };
}
