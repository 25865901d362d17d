// Beside layoutApart.ts: one picture, one answer.
import { parentPort, workerData } from "node:worker_threads";
import { wideLayout } from "../../documents/flowPicture/wide.ts";

const { picture, counted } = workerData;
parentPort?.postMessage(await wideLayout(picture, { counted }));
