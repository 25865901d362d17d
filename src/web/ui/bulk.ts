// A deed on many, one by one: each row is an act of its own on the server, so that what is refused stops nobody else and nothing is half done.

/** What will happen to a row, or why nothing will. */
export type Foretold = { will: boolean; text: string };
export type Outcome = { state: "done" | "refused"; text: string };

const AT_ONCE = 4;

/** Looks at all the rows beforehand, a few at a time; tells of each as it is known. */
export async function foretell(
  keys: readonly string[],
  look: (key: string) => Promise<Foretold>,
  tell: (key: string, told: Foretold) => void,
  stopped: () => boolean,
): Promise<void> {
  const left = [...keys];
  const next = async (): Promise<void> => {
    for (let key = left.shift(); key !== undefined && !stopped(); key = left.shift()) tell(key, await look(key));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** One after another, in the order of the list; `stopped` is asked before each. */
export async function runOneByOne(
  keys: readonly string[],
  act: (key: string) => Promise<Outcome>,
  tell: (key: string, outcome: Outcome) => void,
  stopped: () => boolean,
): Promise<void> {
  for (const key of keys) {
    if (stopped()) return;
    tell(key, await act(key));
  }
}
