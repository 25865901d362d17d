/**
 * How much one key seals. AES-GCM with random nonces allows 2^32 texts a key (NIST SP 800-38D 8.3); a key is refused at 2^30 and has a
 * successor long before. Counts are kept over restarts in blocks: before a key goes on past the end of one, the end of the next is
 * durable, so that a crash forgets less than one block. A key would have to live through (2^30 - 2^20) / 2^16, more than 16,000, crashes
 * with a whole first block in each before it could be used more often than is allowed.
 */
export type Limits = { perVersion: number; perKey: number; block: number };

export const limits: Limits = { perVersion: 2 ** 20, perKey: 2 ** 30, block: 2 ** 16 };

/** The count as it is written: exact within the first block, then the end of the block begun. */
export const usesKept = (uses: number, { block }: Limits): number =>
  uses < block ? uses : Math.ceil(uses / block) * block;
