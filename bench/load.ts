// The load, in a process of its own: takes jobs from its parent one at a time, answers each with its figures.
import { performance } from "node:perf_hooks";
import { doPiece, type Job, type Told } from "./job.ts";
import { Connection } from "./socket.ts";

process.on("message", (job: Job) => {
  run(job).then(
    (told) => process.send?.({ told }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));

async function run({ url, token, connections, seconds = Number.POSITIVE_INFINITY, count, work }: Job): Promise<Told> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(url, token)));
  const told: Told = { done: 0, errors: 0, firstErrors: [], seconds: 0, latencies: [], kept: [] };
  const most = count ?? Number.POSITIVE_INFINITY;
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    open.map(async (connection) => {
      while (next < most && performance.now() < end) {
        const n = next++;
        const before = performance.now();
        try {
          const kept = await doPiece(work, n, (asked) => connection.ask(asked));
          told.latencies.push(performance.now() - before);
          told.done += 1;
          if (kept !== undefined) told.kept.push(kept);
        } catch (error) {
          told.errors += 1;
          if (told.firstErrors.length < 3) told.firstErrors.push(String(error));
          // A connection that is closed would only fail again and again, at the speed of light.
          if (!/^Error: \d{3} /.test(String(error))) return;
        }
      }
    }),
  );
  told.seconds = (performance.now() - start) / 1000;
  for (const connection of open) connection.close();
  return told;
}
