// `npx tietovirta COMMAND …`: a thin face on the functions that server and tests use too.
export type Command = (args: readonly string[]) => Promise<number>;

/** Loaded when asked for: `check` must not wait for the database's code. Each answers with the exit code. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  staff: async () => (await import("./staff.ts")).staffCommand,
  token: async () => (await import("./token.ts")).tokenCommand,
  print: async () => (await import("./print.ts")).printCommand,
  prove: async () => (await import("./prove.ts")).proveCommand,
  erase: async () => (await import("./erase.ts")).eraseCommand,
  plan: async () => (await import("./plan.ts")).planCommand,
  apply: async () => (await import("./plan.ts")).applyCommand,
  doctor: async () => (await import("./doctor.ts")).doctorCommand,
  export: async () => (await import("./export.ts")).exportCommand,
  open: async () => (await import("./open.ts")).openCommand,
  keys: async () => (await import("./keys.ts")).keysCommand,
  backup: async () => (await import("./backup.ts")).backupCommand,
  drill: async () => (await import("./drill.ts")).drillCommand,
  restore: async () => (await import("./restore.ts")).restoreCommand,
  log: async () => (await import("./log.ts")).logCommand,
  service: async () => (await import("./service.ts")).serviceCommand,
  move: async () => (await import("./move.ts")).moveCommand,
  "upgrade-database": async () => (await import("./upgrade.ts")).upgradeCommand,
  migrate: async () => (await import("./migrate.ts")).migrateCommand,
  update: async () => (await import("./update.ts")).updateCommand,
  check: async () => (await import("./check.ts")).checkCommand,
};

// `… | head` closes the pipe: nobody reads on, and nothing is wrong.
process.stdout.on("error", (error) => {
  if ("code" in error && error.code === "EPIPE") process.exit(0);
  throw error;
});

const [name = "", ...args] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (load) {
  const command = await load();
  process.exitCode = await command(args);
} else {
  process.stderr.write(`tietovirta ${Object.keys(commands).join(" | ")}\n`);
  process.exitCode = 1;
}
