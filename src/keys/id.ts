import { randomUUIDv7 } from "node:crypto";

/** UUID version 7 (RFC 9562): made before sealing, because it stands in what the seal binds; grows with time, so indexes stay dense. */
export const newId = (): string => randomUUIDv7();
