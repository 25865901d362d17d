// `npx tietovirta keys …`: a command each, loaded when asked for.
type Command = (args: readonly string[]) => Promise<number>;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  inventory: async () => (await import("./keysInventory.ts")).keysInventoryCommand,
  rotate: async () => (await import("./keysRotate.ts")).keysRotateCommand,
  passphrase: async () => (await import("./keysPassphrase.ts")).keysPassphraseCommand,
  lost: async () => (await import("./keysLost.ts")).keysLostCommand,
  "recovery-sheet": async () => (await import("./recoverySheet.ts")).recoverySheetCommand,
};

export const keysCommand: Command = async ([name = "", ...args]) => {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load) return (await load())(args);
  process.stderr.write(`tietovirta keys ${Object.keys(commands).join(" | ")}\n`);
  return 1;
};
