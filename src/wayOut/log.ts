// The evidence log as it is checked without us: entries, checkpoints, keys, and the verifier itself.
import { readFile } from "node:fs/promises";
import type { Gate } from "../gate/gate.ts";
import { checkpointsSince, keysOfLog } from "../registers/evidence/log/checkpoints.ts";
import { entryLine } from "../registers/evidence/log/event.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";

const verifier = new URL("../../scripts/verify.mjs", import.meta.url);

export type LogFile = { path: string; pieces: AsyncIterable<string> };

/** Signed now, so that the newest checkpoint holds every entry. Throws Problem `logBroken`. */
export async function* logFiles(gate: Gate): AsyncGenerator<LogFile> {
  const { size, number } = await evidenceLogOf(gate).checkpoint();
  yield { path: "log/entries.jsonl", pieces: entryLines(gate, size) };
  yield { path: "log/checkpoints.txt", pieces: notes(gate, number) };
  yield { path: "log/key.txt", pieces: one(keysOfLog(gate).then((keys) => keys.map((key) => `${key}\n`).join(""))) };
  yield { path: "log/verify.mjs", pieces: one(readFile(verifier, "utf8")) };
}

async function* entryLines(gate: Gate, end: number): AsyncGenerator<string> {
  for await (const { index, hash, event } of evidenceLogOf(gate).entries(0, { end }))
    yield `${entryLine({ index, hash, event })}\n`;
}

/** A server goes on signing meanwhile: later checkpoints would speak of entries that are not here. */
async function* notes(gate: Gate, last: number): AsyncGenerator<string> {
  for await (const { number, note } of checkpointsSince(gate)) if (number <= last) yield note;
}

async function* one(text: Promise<string>): AsyncGenerator<string> {
  yield await text;
}
