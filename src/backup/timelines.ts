// Which line of time a moment lies on. Each restore begins a new one; what the server before it still wrote is on none of ours.
import {
  bytesOf,
  historyOf,
  isHistory,
  isSegment,
  type Left,
  parseHistory,
  placeOf,
  timelineOf,
} from "../db/walFile.ts";
import { Problem } from "../values/problem.ts";
import type { Manifest } from "./manifest.ts";
import { type Unsealing, unseal } from "./seal.ts";
import type { Shelf } from "./shelf.ts";
import { walFolder, walPath } from "./wal.ts";

export type Timelines = {
  /** The one that was current at the moment. */
  readonly current: number;
  /** Where the current one and its ancestors left each other, oldest first. */
  readonly history: readonly Left[];
  /** Names of all segments at the target, of these timelines. */
  readonly segments: ReadonlySet<string>;
  /** History files by name, opened. */
  readonly histories: ReadonlyMap<string, Buffer>;
};

const closed = ".gz.age";

/** `at` undefined: now. Throws as `unseal` does where a history cannot be opened. */
export async function timelinesAt(shelf: Shelf, at: Date | undefined, unsealing: Unsealing): Promise<Timelines> {
  const names: string[] = [];
  for (const folder of await shelf.list("wal"))
    for (const file of await shelf.list(walFolder(folder)))
      if (file.endsWith(closed)) names.push(file.slice(0, -closed.length));
  const histories = new Map<string, Buffer>();
  let current = 1;
  for (const name of names.filter(isHistory)) {
    const sealed = await shelf.read(walPath(name));
    if (sealed === null) continue;
    const { plain, at: begun } = await unseal(sealed, walPath(name), unsealing);
    histories.set(name, plain);
    if (at === undefined || begun <= at) current = timelineOf(name);
  }
  const history = historyFrom(histories.get(historyOf(current)), current);
  const ours = new Set([current, ...history.map(({ timeline }) => timeline)]);
  const segments = new Set(names.filter((name) => isSegment(name) && ours.has(timelineOf(name))));
  return { current, history, segments, histories };
}

function historyFrom(text: Buffer | undefined, timeline: number): Left[] {
  if (text === undefined) return [];
  try {
    return parseHistory(text.toString("utf8"));
  } catch {
    throw new Problem("backupDamaged", 422, { file: walPath(historyOf(timeline)) });
  }
}

/** The copy was made on the line that leads to the moment, before any other left it. */
export function leadsTo({ current, history }: Timelines, { postgres }: Manifest): boolean {
  if (postgres.timeline === current) return true;
  const left = history.find(({ timeline }) => timeline === postgres.timeline);
  return left !== undefined && bytesOf(postgres.stopLsn) <= left.at;
}

/** Later segments stand on the same line, so that this one should too. */
export function goesOnAfter(segment: string, { segments }: Timelines, segmentBytes: number): boolean {
  const place = placeOf(segment, segmentBytes);
  const timeline = timelineOf(segment);
  for (const other of segments) if (timelineOf(other) >= timeline && placeOf(other, segmentBytes) > place) return true;
  return false;
}
