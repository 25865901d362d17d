// How fast the byte scan goes over bytes in memory, with as many needles as the judged run has; the disk is not in it.
import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { needlesOf } from "../e2e/byteScan/needles.ts";
import { Scanner } from "../e2e/byteScan/scan.ts";

const VALUES = 400;
const MEGABYTES = 64;

/** Megabytes (10^6 bytes) a second, of random bytes (what sealed values look like) and of hexadecimal digits (the most like a needle). */
export function scanSpeed(): Record<string, number> {
  const values = Array.from({ length: VALUES }, () => `Äyräs${randomBytes(9).toString("base64url")}`);
  const needles = needlesOf(values);
  const scanner = new Scanner(needles);
  const speed = (bytes: Buffer): number => {
    const start = performance.now();
    if (scanner.text("memory", bytes).length > 0) throw new Error("found what was never written");
    return bytes.length / 1000 / (performance.now() - start);
  };
  const random = randomBytes(MEGABYTES * 1_000_000);
  const hex = Buffer.from(random.subarray(0, random.length / 2).toString("hex"), "latin1");
  return { values: VALUES, needles: needles.length, random_mb_s: speed(random), hex_mb_s: speed(hex) };
}
