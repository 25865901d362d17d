// Whether an error says that the database is away: down, starting, stopping, or gone in the middle. Nothing is wrong with what was asked.

/** SQLSTATE classes 08 (connection exception) and 57P (operator intervention), 53300 (too many connections). */
const STATES = /^(08|57P|53300)/;
/** Of the socket. */
const CONNECTION = /^(ECONN|EPIPE$)/;
/** The driver's own, which carry no code. */
const DRIVER =
  /^Connection terminated|^Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect/;

export function isDatabaseLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  // The socket's file goes with the server.
  if (code === "ENOENT") return syscall === "connect";
  if (typeof code === "string") return STATES.test(code) || CONNECTION.test(code);
  return DRIVER.test(error.message);
}
