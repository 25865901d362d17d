// A company moves from one machine to another: nothing is lost, numbers go on, and the old one does not start by accident.
import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openActors } from "../actors/actors.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { buildApp } from "../server/app.ts";
import { unmarkMoved } from "../server/moved.ts";
import { openRegister } from "../server/openRegister.ts";
import { restoreRegister } from "../server/restoreRegister.ts";
import { readSettings } from "../server/settings.ts";
import { asking } from "../test/app.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { systemClock } from "../values/Day.ts";
import { moveTo } from "./move.ts";

const quiet = () => undefined;
let root: string;
const settings = (name: string) => readSettings({ DATA_DIR: join(root, name) });
const known: Record<string, string> = {};
let secret: Buffer;
let anchor: string;

async function running(name: string) {
  const register = await openRegister(settings(name), { log: quiet, language: "en" });
  const { gate } = register;
  const actors = openActors({ gate, https: false });
  const { app, search } = await buildApp({ gate, actors, version: "test", origin: () => "http://localhost" });
  await search.ready();
  const { ask } = asking(gate, app);
  const close = async () => {
    await app.close();
    await register.close();
  };
  return { register, ask, close, ...trade({ ask } as Parameters<typeof trade>[0]) };
}

before(async () => {
  root = await mkdtemp(join(tmpdir(), "tietovirta-move-"));
  await chmod(root, 0o711);
  const old = await running("old");
  secret = (await old.register.keys.recoverySecret()) ?? assert.fail("no secret waits");
  known.customer = await old.customer(MAIJA);
  known.order = await old.delivered(known.customer);
  known.later = await old.delivered(known.customer);
  known.number = (await old.invoice(known.order)).number;
  await old.close();
});
after(() => rm(root, { recursive: true, force: true }));

const move = () => {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  return moveTo(join(root, "stick"), { settings: settings("old"), language: "en", say }).then(() => lines.join("\n"));
};

test("without the paper nothing moves, and the old one goes on", async () => {
  await assert.rejects(move(), { code: "moveNeedsPaper" });
  const old = await running("old");
  await old.register.keys.confirmRecovery();
  anchor = (await evidenceLogOf(old.register.gate).checkpoint()).note;
  await assert.rejects(move(), { code: "databaseInUse" });
  await old.close();
});

test("what was there is on the new machine, numbers go on, the log continues what was signed, the old one refuses", async () => {
  const said = await move();
  for (const told of ["restore --from", "--recovery-file", "description.yaml"]) assert.ok(said.includes(told), told);
  await assert.rejects(running("old"), { code: "moved" });
  await assert.rejects(move(), { code: "moved" });
  assert.match(await readFile(join(root, "stick", "description.yaml"), "utf8"), /^version:/m);

  const from = join(root, "stick");
  const about = { secret, log: quiet, now: new Date(), language: "en" as const, clock: systemClock };
  const told = await restoreRegister({ from, to: join(root, "new"), ...about, anchors: [anchor] });
  assert.deepEqual([told.people, told.uncertain], [0, 0]);
  const fresh = await running("new");
  const card = await fresh.ask("sales", "GET", `/api/customers/${known.customer}`);
  assert.ok(JSON.stringify(card.body).includes(MAIJA.name));
  const found = await fresh.ask("sales", "POST", "/api/customers/search", { search: "Esimerkki-Ruusunen" });
  assert.equal(found.body.items.length, 1);
  const next = await fresh.invoice(known.later ?? "");
  assert.equal(Number(next.number), Number(known.number) + 1);
  assert.equal((await evidenceLogOf(fresh.register.gate).verify([anchor])).bad, null);
  await fresh.close();
});

test("the way back is one command", async () => {
  assert.equal(await unmarkMoved(join(root, "old")), true);
  assert.equal(await unmarkMoved(join(root, "old")), false);
  const old = await running("old");
  assert.equal((await old.ask("sales", "GET", `/api/customers/${known.customer}`)).status, 200);
  await old.close();
});
