// Who has been erased, told to what holds ids in memory: the register's rows go beneath the gate, where nobody knows who remembers what.

type Listener = (id: string) => void;
const listeners = new Set<Listener>();

/** Ids are nobody else's anywhere, so that whoever hears of another installation's loses nothing. */
export const tellsOfGone = (listener: Listener): void => void listeners.add(listener);

export const tellGone = (id: string): void => {
  for (const listener of listeners) listener(id);
};
