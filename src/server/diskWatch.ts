// How much room the data folder's disk has. A full disk breaks in the middle of something; a nearly full one is told of while everything is still whole.
import { statfs } from "node:fs/promises";
import { Problem } from "../values/problem.ts";
import { DISK_LOOK_MS, type Room, roomOf } from "../values/safety.ts";

export type Space = { freeBytes: number; totalBytes: number };
/** `warn`: somebody should free some; `readOnly`: nothing new is saved; `unknown`: the disk does not say. */
export type DiskState = { state: "ok" | "warn" | "readOnly" | "unknown"; freeBytes: number };

export type DiskWatch = {
  now: () => DiskState;
  /** @throws Problem `diskNearlyFull` (507) */
  expectRoom: () => void;
  /** Looks at once; otherwise every few seconds. */
  look: () => Promise<DiskState>;
  stop: () => void;
};

export async function spaceOf(folder: string): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Pure. From read-only the way back lies a little higher than the way there, so that a disk at the edge does not flicker. */
export function diskStateOf(
  { freeBytes, totalBytes }: Space,
  before: DiskState["state"],
  room: Room = roomOf(totalBytes),
): DiskState {
  const limit = before === "readOnly" ? room.again : room.readOnly;
  return { state: freeBytes < limit ? "readOnly" : freeBytes < room.warn ? "warn" : "ok", freeBytes };
}

type Watched = {
  folder: string;
  tell: (line: string) => void;
  space?: (folder: string) => Promise<Space>;
  room?: (totalBytes: number) => Room;
};

/** Looks before it answers. `space`, `room`: other disks and other numbers, for tests. */
export async function watchDisk({ folder, tell, space = spaceOf, room = roomOf }: Watched): Promise<DiskWatch> {
  let last: DiskState = { state: "ok", freeBytes: Number.POSITIVE_INFINITY };
  const look = async () => {
    const found = await space(folder).catch(() => null);
    const before = last.state;
    // A disk that does not say is not a full one; where it was full, it stays so.
    if (found) last = diskStateOf(found, before, room(found.totalBytes));
    else if (before !== "readOnly") last = { state: "unknown", freeBytes: last.freeBytes };
    if (before !== last.state) tell(LINES[last.state]);
    return last;
  };
  await look();
  const timer = setInterval(() => void look(), DISK_LOOK_MS);
  timer.unref();
  return {
    now: () => last,
    expectRoom: () => {
      if (last.state === "readOnly") throw new Problem("diskNearlyFull", 507);
    },
    look,
    stop: () => clearInterval(timer),
  };
}

const LINES: Readonly<Record<DiskState["state"], string>> = {
  ok: "The disk has room again.",
  warn: "The disk is getting full: free some space.",
  readOnly: "The disk is nearly full: nothing new is saved until there is room. Reading works.",
  unknown: "The disk does not tell how much room it has.",
};
