// A command talks to the running server over a socket that only the server's own account can open: one line of JSON each way.
import { chmod, mkdir, rm } from "node:fs/promises";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { errorCode } from "../keys/errorCode.ts";
import { digestHex } from "../keys/token.ts";
import { Problem } from "../values/problem.ts";
import { type LocalContext, type LocalName, type LocalResult, localCommands } from "./localCommands.ts";
import { needsRoom } from "./looking.ts";

const MOST_BYTES = 1024 * 1024;
/** The address of a unix socket holds about 104 bytes. */
const LONGEST_PATH = 100;

async function socketPath(dataDir: string): Promise<string> {
  const near = join(resolve(dataDir), "control.sock");
  if (Buffer.byteLength(near) <= LONGEST_PATH) return near;
  const folder = join(tmpdir(), `tietovirta-${process.getuid?.() ?? 0}-${digestHex(resolve(dataDir)).slice(0, 16)}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return join(folder, "control.sock");
}

type Served = LocalContext & {
  /** Throws where nothing new may be put down. */
  expectRoom?: () => void;
};

/** Answers how to stop listening. The keyring's lock says that no other server lives here, so an old socket is a dead one. */
export async function listenLocally(dataDir: string, context: Served): Promise<() => Promise<void>> {
  const path = await socketPath(dataDir);
  await rm(path, { force: true });
  const server = createServer((socket) => void answer(socket, context).catch(() => socket.destroy()));
  const before = process.umask(0o177);
  try {
    await new Promise<void>((done, failed) => server.once("error", failed).listen(path, done));
  } finally {
    process.umask(before);
  }
  await chmod(path, 0o600);
  return async () => {
    await new Promise<void>((done) => server.close(() => done()));
    await rm(path, { force: true });
  };
}

async function answer(socket: Socket, context: Served): Promise<void> {
  const { command, args } = JSON.parse(await lineOf(socket));
  const told = await run(command, args, context);
  socket.end(`${JSON.stringify(told)}\n`);
}

async function run(command: string, args: unknown, context: Served) {
  try {
    if (!Object.hasOwn(localCommands, command)) throw new Problem("notFound", 404);
    if (needsRoom(command)) context.expectRoom?.();
    return { ok: await localCommands[command as LocalName](context, args as never) };
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("unexpected", 500);
    return { problem: { code: problem.code, status: problem.status, facts: problem.facts } };
  }
}

/** The answer of the running server; null where none runs. Throws the `Problem` it answered. */
export async function askServer<N extends LocalName>(
  dataDir: string,
  command: N,
  args: unknown,
): Promise<{ answer: LocalResult<N> } | null> {
  const path = await socketPath(dataDir);
  const socket = createConnection(path);
  try {
    await new Promise<void>((done, failed) => socket.once("error", failed).once("connect", done));
  } catch (error) {
    if (["ENOENT", "ECONNREFUSED"].includes(errorCode(error) ?? "")) return null;
    throw error;
  }
  socket.write(`${JSON.stringify({ command, args })}\n`);
  const { ok, problem } = JSON.parse(await lineOf(socket));
  if (problem) throw new Problem(problem.code, problem.status, problem.facts);
  return { answer: ok };
}

function lineOf(socket: Socket): Promise<string> {
  return new Promise((done, failed) => {
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) done(text.slice(0, end));
      else if (text.length > MOST_BYTES) failed(new Error("too long a line"));
    });
    socket.once("error", failed);
    socket.once("close", () => failed(new Error("the other end closed")));
  });
}
