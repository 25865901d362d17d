// Names of the write-ahead log's files: timeline, then position, in hex digits (PostgreSQL, section "WAL Internals").
const segmentName = /^[0-9A-F]{24}$/;
const historyName = /^[0-9A-F]{8}\.history$/;

export const isSegment = (name: string): boolean => segmentName.test(name);
/** Where a timeline left the one before it. */
export const isHistory = (name: string): boolean => historyName.test(name);

/** What else PostgreSQL archives: where a base copy began, and the torn end of a timeline that was left. Neither is asked for by a restore of ours. */
export const isNote = (name: string): boolean => /^[0-9A-F]{24}\.(?:[0-9A-F]{8}\.backup|partial)$/.test(name);

export const timelineOf = (name: string): number => Number.parseInt(name.slice(0, 8), 16);
export const historyOf = (timeline: number): string => `${hex(timeline)}.history`;

/** The place of a segment in the log, whatever its timeline; timelines share places. */
export function placeOf(segment: string, segmentBytes: number): bigint {
  return BigInt(`0x${segment.slice(8, 16)}`) * perLog(segmentBytes) + BigInt(`0x${segment.slice(16, 24)}`);
}

export function segmentAt(timeline: number, place: bigint, segmentBytes: number): string {
  return `${hex(timeline)}${hex(place / perLog(segmentBytes))}${hex(place % perLog(segmentBytes))}`;
}

/** `16/B374D848` as a number of bytes. */
export function bytesOf(lsn: string): bigint {
  const [high = "0", low = "0"] = lsn.split("/");
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/** Every segment that holds bytes from `start` up to, not including, `stop`. */
export function segmentsBetween(timeline: number, start: string, stop: string, segmentBytes: number): string[] {
  const names: string[] = [];
  const last = (bytesOf(stop) - 1n) / BigInt(segmentBytes);
  for (let place = bytesOf(start) / BigInt(segmentBytes); place <= last; place++)
    names.push(segmentAt(timeline, place, segmentBytes));
  return names;
}

/** One line of a history file: this timeline was left at this place. */
export type Left = { readonly timeline: number; readonly at: bigint };

/** Throws where the text is no history file. */
export function parseHistory(text: string): Left[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const found = /^(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/.exec(line);
    if (!found?.[1] || !found[2]) throw new Error("not a history of timelines");
    return { timeline: Number(found[1]), at: bytesOf(found[2]) };
  });
}

const perLog = (segmentBytes: number) => 0x1_0000_0000n / BigInt(segmentBytes);
const hex = (value: bigint | number) => value.toString(16).toUpperCase().padStart(8, "0");
