// Who stands behind a secret, kept in memory so that a request costs no query. Changes of roles, closings and sign-outs empty it at once.

/** `id` is the account or the token. */
export type Known = { id: string };

export function keepKnown<T extends Known>(most: number) {
  const byDigest = new Map<string, T>();
  // A load that began before something was forgotten must not be kept: it may have read what was just changed.
  let forgotten = 0;

  return {
    get: (digest: string): T | undefined => byDigest.get(digest),
    async load(digest: string, find: () => Promise<T | null>): Promise<T | null> {
      const before = forgotten;
      const found = await find();
      if (found && before === forgotten) {
        byDigest.set(digest, found);
        const oldest = byDigest.size > most ? byDigest.keys().next().value : undefined;
        if (oldest !== undefined) byDigest.delete(oldest);
      }
      return found;
    },
    forget(id: string): void {
      forgotten++;
      for (const [digest, known] of byDigest) if (known.id === id) byDigest.delete(digest);
    },
    forgetSecret(digest: string): void {
      forgotten++;
      byDigest.delete(digest);
    },
  };
}
