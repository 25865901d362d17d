/** Work that must run one after another, in the order it came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** When everything that has come so far is done, well or not. */
  async over(): Promise<void> {
    await this.#last;
  }
}
