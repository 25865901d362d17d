import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fault, SimulatedDisk } from "./disk/files.test-seam.ts";
import { KeyringFault } from "./fault.ts";
import { create, openOne, owner, sealOne, start } from "./keyring.test-seam.ts";
import type { Keys } from "./keys.ts";
import { restoreKeyring } from "./restoreKeyring.ts";

/**
 * Every operation of the keyring, with the fault moving on by one file operation until the operation completes: a kill, an error or a full
 * disk, once and for ever, then a power cut. Whatever it stopped at, the next start opens everything, the paper opens the copy, and what
 * was acknowledged is so.
 */
const limits = { block: 4, perVersion: 1000, perKey: 1000 };
const cost = { memory: 8, passes: 1, parallelism: 1 };
const passphrase = async () => "kolme sinistä venettä";
const one = owner();
const other = owner({ register: "invoices" });

type Operation = {
  prepare?: (keys: Keys) => Promise<unknown>;
  run: (keys: Keys) => Promise<unknown>;
  /** What is told of the keyring; must be as `run` leaves it once that was acknowledged. */
  seen: (keys: Keys) => unknown;
};

const operations: Readonly<Record<string, Operation>> = {
  keysFor: {
    run: (keys) => keys.keysFor([other]),
    seen: (keys) => keys.state().keys,
  },
  "destroy of nothing else": {
    prepare: (keys) => keys.keysFor([other]),
    run: async (keys) => keys.destroy(await keys.keysOf(other)),
    seen: (keys) => [keys.state().keys, keys.state().destroyed],
  },
  rotateEpoch: { run: (keys) => keys.rotateEpoch(), seen: (keys) => keys.state().epoch },
  // That the root key is another one is seen in the files; the epoch tells it here.
  rotateRoot: { run: (keys) => keys.rotateRoot(), seen: (keys) => keys.state().epoch },
  rotatePersons: {
    run: (keys) => keys.rotatePersons([one]),
    seen: (keys) => keys.inventory().registers[0]?.superseded,
  },
  rotateSearch: { run: (keys) => keys.rotateSearch(), seen: (keys) => keys.state().search },
  rotateSigner: { run: (keys) => keys.rotateSigner(), seen: (keys) => keys.signers().length },
  retireSigner: {
    prepare: (keys) => keys.rotateSigner(),
    run: (keys) => keys.retireSigner(),
    seen: (keys) => keys.inventory().signers.map(({ version }) => version),
  },
  confirmRecovery: { run: (keys) => keys.confirmRecovery(), seen: (keys) => keys.recovery().confirmed },
  renewRecovery: {
    prepare: (keys) => keys.confirmRecovery(),
    run: (keys) => keys.renewRecovery(),
    seen: (keys) => [keys.recovery().confirmed, keys.recovery().recipients.length],
  },
  copy: { run: (keys) => keys.copy(), seen: () => null },
  setPassphrase: { run: (keys) => keys.setPassphrase(passphrase, cost), seen: (keys) => keys.inventory().root.kept },
  removePassphrase: {
    prepare: (keys) => keys.setPassphrase(passphrase, cost),
    run: (keys) => keys.removePassphrase(),
    seen: (keys) => keys.inventory().root.kept,
  },
  "a sealing that begins a block": {
    run: async (keys) => {
      for (let count = 0; count < 4; count += 1) await sealOne(keys, one);
    },
    seen: (keys) => Math.floor(([...keys.list()][0]?.uses ?? 0) / limits.block),
  },
};

const kinds: readonly ((at: number) => Fault)[] = [
  (at) => ({ at, kind: "crash" }),
  (at) => ({ at, kind: "EIO", lasting: false }),
  (at) => ({ at, kind: "EIO", lasting: true }),
  (at) => ({ at, kind: "ENOSPC", lasting: false }),
  (at) => ({ at, kind: "ENOSPC", lasting: true }),
];

const opened = (files: ReturnType<SimulatedDisk["process"]>) => start(files, { limits, passphrase });

async function prepared({ prepare }: Operation) {
  const disk = new SimulatedDisk();
  const keys = await create(disk.process(), { limits });
  const value = await sealOne(keys, one);
  const secrets = [await keys.recoverySecret()];
  await prepare?.(keys);
  await keys.close();
  const probe = disk.process();
  await (await opened(probe)).close();
  return { disk, value, secrets, startSteps: probe.steps };
}

async function assertWhole(
  disk: SimulatedDisk,
  value: Awaited<ReturnType<typeof sealOne>>,
  secrets: (Buffer | null)[],
) {
  const keys = await opened(disk.process());
  assert.equal(await openOne(keys, value), "Kanerva");
  const pending = await keys.recoverySecret();
  const copy = await keys.copy();
  for (const secret of [pending, keys.recovery().recipients.length > 1 || !pending ? secrets[0] : null]) {
    if (!secret) continue;
    const elsewhere = new SimulatedDisk();
    await restoreKeyring({ folder: "", files: elsewhere.process(), copy, secret });
    assert.equal(await openOne(await opened(elsewhere.process()), value), "Kanerva", "the paper opens the copy");
  }
  const left = [...disk.contents().keys()].filter((name) => /\.(new|next)$/.test(name));
  assert.deepEqual(left, [], "nothing is left lying about");
  return keys;
}

for (const [name, operation] of Object.entries(operations)) {
  test(`${name}: stopped anywhere, the keyring opens, and is as was acknowledged`, async (context) => {
    const undisturbed = await prepared(operation);
    const keys = await opened(undisturbed.disk.process());
    await operation.run(keys);
    const wanted = operation.seen(keys);
    let at = 1;
    for (let completed = false; !completed; at += 1) {
      assert.ok(at < 120, "it comes to an end");
      completed = true;
      for (const kind of kinds) {
        const { disk, value, secrets, startSteps } = await prepared(operation);
        const files = disk.process(kind(startSteps + at));
        const disturbed = await opened(files);
        let failure: unknown;
        await operation.run(disturbed).catch((error: unknown) => {
          failure = error;
        });
        // A fault that ran into none of its operations: from here on it completes.
        if (files.steps >= startSteps + at) completed = false;
        if (failure) assert.ok(failure instanceof KeyringFault || kind(0).kind !== "ENOSPC", String(failure));
        if (failure && disturbed.signers().length > 0)
          assert.equal(await openOne(disturbed, value), "Kanerva", "reading goes on");
        files.kill();
        disk.cutPower();
        const again = await assertWhole(disk, value, secrets);
        if (!failure) assert.deepEqual(operation.seen(again), wanted, `${kind(at).kind} at ${at}`);
        // What was stopped can be asked for again.
        if (failure) await operation.run(again);
      }
    }
    context.diagnostic(`${at - 2} file operations`);
  });
}

test("create: stopped anywhere, the next start makes a whole keyring", async () => {
  let at = 1;
  for (let completed = false; !completed; at += 1) {
    assert.ok(at < 60, "it comes to an end");
    completed = true;
    for (const kind of kinds) {
      for (const secret of kind(at).kind === "crash" ? [undefined, passphrase] : [undefined]) {
        const disk = new SimulatedDisk();
        const files = disk.process(kind(at));
        await create(files, { limits, rootCost: cost, passphrase: secret }).catch(() => {});
        if (files.steps >= at) completed = false;
        files.kill();
        disk.cutPower();
        const keys = await create(disk.process(), { limits, rootCost: cost, passphrase: secret });
        const value = await sealOne(keys, one);
        await keys.close();
        await assertWhole(disk, value, []);
      }
    }
  }
  assert.ok(at > 20);
});
