// A share that hangs does not fail: it never answers, and whoever asks waits with it. Each step of a target gets a time; after it the target counts as away,
// and nothing new is asked of it until the step that hangs has ended. There are few threads for files: a handful of hanging steps would stop the keyring too.
import { setTimeout as pause } from "node:timers/promises";
import { COPY_WAIT_MS, copyAllowanceMs } from "../values/safety.ts";
import type { Shelf } from "./shelf.ts";

/** Of the four threads that Node has for files, the others stay with the register. */
const MOST_AT_ONCE = 2;

/** `expect`: from now the target is to answer within the time, and so many bytes longer; `rest`: it is somebody else who is waited for. */
type Watch = { expect(bytes?: number): void; rest(): void; readonly abandoned: boolean };

export class Patience {
  readonly #waitMs: number;
  #running = 0;
  #hanging = 0;
  #queue: (() => void)[] = [];

  constructor(waitMs = COPY_WAIT_MS) {
    this.#waitMs = waitMs;
  }

  get isHanging(): boolean {
    return this.#hanging > 0;
  }

  /** Throws ETIMEDOUT where nothing came in time, and at once while an earlier step still hangs. */
  async give<T>(step: (watch: Watch) => Promise<T>, bytes = 0): Promise<T> {
    while (this.#running >= MOST_AT_ONCE && !this.isHanging) await new Promise<void>((go) => this.#queue.push(go));
    if (this.isHanging) throw timedOut();
    this.#running += 1;
    let timer: NodeJS.Timeout | undefined;
    let abandoned = false;
    const late = Promise.withResolvers<never>();
    const watch: Watch = {
      expect: (more = 0) => {
        clearTimeout(timer);
        timer = setTimeout(
          () => {
            abandoned = true;
            this.#hanging += 1;
            late.reject(timedOut());
            this.#wake();
          },
          Math.min(this.#waitMs + copyAllowanceMs(more), MOST_TIMER_MS),
        );
      },
      rest: () => clearTimeout(timer),
      get abandoned() {
        return abandoned;
      },
    };
    watch.expect(bytes);
    const done = step(watch).finally(() => {
      clearTimeout(timer);
      this.#running -= 1;
      if (abandoned) this.#hanging -= 1;
      this.#wake();
    });
    // One that was given up may still fail; it has been told already.
    done.catch(() => undefined);
    return Promise.race([done, late.promise]);
  }

  #wake(): void {
    for (const go of this.#queue.splice(0)) go();
  }
}

const MOST_TIMER_MS = 2 ** 31 - 1;
const timedOut = (): Error =>
  Object.assign(new Error("the target does not answer"), { code: "ETIMEDOUT", syscall: "wait" });

/** The shelf, each step within the time. */
export function patientShelf(shelf: Shelf, patience: Patience): Shelf {
  const written = new Map<string, number>();
  return {
    list: (folder) => patience.give(() => shelf.list(folder)),
    read: (path) => patience.give(() => shelf.read(path)),
    stream: (path) => streamed(shelf.stream(path), patience),
    bytesOf: (path) => patience.give(() => shelf.bytesOf(path)),
    makeFolder: (path) => patience.give(() => shelf.makeFolder(path)),
    write: (path, pieces) =>
      patience.give((watch) => {
        const count = (bytes: number) => void written.set(path, bytes);
        count(0);
        return shelf.write(path, watched(pieces, watch, count));
      }),
    fsync: (path) => patience.give(() => shelf.fsync(path), written.get(path)),
    rename: (from, to) => {
      const bytes = written.get(from);
      written.delete(from);
      return patience.give(() => shelf.rename(from, to), bytes);
    },
    remove: (path) => patience.give(() => shelf.remove(path)),
    fsyncFolder: (path) => patience.give(() => shelf.fsyncFolder(path)),
  };
}

/** Every piece taken is progress, and the time that the next one takes to be made is not the target's. */
async function* watched(
  pieces: AsyncIterable<Uint8Array>,
  watch: Watch,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  watch.rest();
  for await (const piece of pieces) {
    watch.expect(piece.length);
    yield piece;
    // Long after: whoever gave up has begun anew.
    if (watch.abandoned) throw timedOut();
    watch.rest();
    bytes += piece.length;
    count(bytes);
  }
  watch.expect(bytes);
}

async function* streamed(pieces: AsyncIterable<Uint8Array>, patience: Patience): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await patience.give(() => iterator.next());
      if (done) return;
      yield value;
    }
  } finally {
    const ending = iterator.return?.()?.catch(() => undefined);
    if (!patience.isHanging) await ending;
  }
}

/** Waits for the work no longer than that; what comes later comes to nothing. */
export const within = <T>(waitMs: number, work: Promise<T>): Promise<T | undefined> => {
  work.catch(() => undefined);
  return Promise.race([work, pause(waitMs, undefined, { ref: false })]);
};
