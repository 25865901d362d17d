// The kernel thinks for a second or two and answers nobody meanwhile: it does so in a thread of its own, which ends with its answer.
import { Worker } from "node:worker_threads";
import type { FlowPicture } from "../../documents/flowPicture/model.ts";
import type { Layout } from "../../documents/flowPicture/wide.ts";

export function layoutApart(picture: FlowPicture, { counted }: { counted: boolean }): Promise<Layout> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL("./layoutThread.ts", import.meta.url), { workerData: { picture, counted } });
    worker.once("message", done);
    worker.once("error", failed);
    worker.once("exit", (code) => failed(new Error(`the thread of the layout ended with ${code}`)));
  });
}
