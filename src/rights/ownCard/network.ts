/** Whose connection an address is, for limits: an IPv6 connection has 2^64 addresses of its own (RFC 6177), so its first four groups stand for all. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [head = "", tail = ""] = address.split("%")[0]?.split("::") ?? [];
  const [before, after] = [head.split(":").filter(Boolean), tail.split(":").filter(Boolean)];
  const missing = address.includes("::") ? Math.max(0, 8 - before.length - after.length) : 0;
  return [...before, ...Array.from({ length: missing }, () => "0"), ...after].slice(0, 4).join(":");
}
