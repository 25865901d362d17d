// Alternating pairs of the same work on both sides; the machine's moods fall on both alike.
import { median, percentile, spread } from "./figures.ts";
import type { Told, Work } from "./job.ts";
import type { Loader } from "./loader.ts";
import { cpuOf } from "./memory.ts";
import type { Side } from "./sides.ts";

export type Comparison = {
  figures: Record<string, number>;
  /** What our side told, run by run. */
  ours: readonly Told[];
  errors: number;
  firstError: string | undefined;
};

export type Measured = {
  /** The work of one run on one side; `run` counts from 0, one more than `pairs` with the warming-up. */
  work: (side: Side, run: number) => Promise<Work> | Work;
  token: keyof Side["tokens"];
  seconds?: number;
  count?: number;
  pairs: number;
};

const CONNECTIONS = 16;
/** Milliseconds of processor time a request. */
type Timed = Told & { cpu: { node: number; postgres: number } };

/** One warming-up of each, then A-B-A-B…; ratios are taken pair by pair. */
export async function compare(
  loader: Loader,
  sides: { ours: Side; floor: Side },
  measured: Measured,
): Promise<Comparison> {
  const { token, pairs, seconds, count } = measured;
  const one = async (side: Side, run: number): Promise<Timed> => {
    const work = await measured.work(side, run);
    const before = await cpuOf(side.program);
    const told = await loader.run({
      url: side.url,
      token: side.tokens[token],
      connections: CONNECTIONS,
      ...(seconds === undefined ? {} : { seconds }),
      ...(count === undefined ? {} : { count }),
      work,
    });
    const after = await cpuOf(side.program);
    const each = (share: keyof typeof after) => (after[share] - before[share]) / told.done;
    return { ...told, cpu: { node: each("node"), postgres: each("postgres") } };
  };
  const told: { ours: Timed[]; floor: Timed[] } = { ours: [], floor: [] };
  for (let run = 0; run <= pairs; run++) {
    const [ours, floor] = [await one(sides.ours, run), await one(sides.floor, run)];
    told.ours.push(ours);
    told.floor.push(floor);
  }
  const all = [...told.ours, ...told.floor];
  const [ours, floor] = [told.ours.slice(1), told.floor.slice(1)];
  const rate = ({ done, seconds }: Told) => done / seconds;
  const p95 = ({ latencies }: Told) => percentile(latencies, 0.95);
  const ratios = ours.map((mine, n) => rate(mine) / rate(floor[n] ?? mine));
  return {
    figures: {
      throughput_ratio: median(ratios),
      p95_ratio: median(ours.map((mine, n) => p95(mine) / p95(floor[n] ?? mine))),
      ours_rps: median(ours.map(rate)),
      floor_rps: median(floor.map(rate)),
      p50_ms: median(ours.map(({ latencies }) => percentile(latencies, 0.5))),
      p95_ms: median(ours.map(p95)),
      floor_p95_ms: median(floor.map(p95)),
      node_cpu_ms: median(ours.map(({ cpu }) => cpu.node)),
      postgres_cpu_ms: median(ours.map(({ cpu }) => cpu.postgres)),
      floor_cpu_ms: median(floor.map(({ cpu }) => cpu.node + cpu.postgres)),
      spread: spread(ratios),
    },
    ours: told.ours,
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    firstError: all.flatMap(({ firstErrors }) => firstErrors)[0],
  };
}
