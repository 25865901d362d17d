// The server from settings to open ports; each step says in one line why it cannot go on, and then nothing has changed.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openActors } from "./actors/actors.ts";
import { copiesAfter } from "./backup/copiesAfter.ts";
import { openDesk } from "./backup/desk.ts";
import { keepCopying } from "./backup/going.ts";
import { openMail } from "./channels/mail/smtp.ts";
import { openNotices } from "./channels/notices/notices.ts";
import { openStaffNews } from "./channels/notices/staffNews.ts";
import { signInServiceOf } from "./channels/oidc/settings.ts";
import { listenLocally } from "./cli/local.ts";
import { lineOf, personsLanguage } from "./cli/say.ts";
import { cliWords } from "./cli/words.ts";
import { recoveryWords } from "./documents/recoverySheet/words.ts";
import { nameOrderOf } from "./registers/customers/search/byName.ts";
import { clockIsRight, whenClockIsRight } from "./registers/evidence/clock.ts";
import { replayErasures } from "./registers/evidence/ledger.ts";
import { anchorFolder } from "./registers/evidence/log/anchorFolder.ts";
import { evidenceLogOf } from "./registers/evidence/log/evidenceLog.ts";
import { forgetEnded } from "./registers/evidence/log/forget.ts";
import { besideDatabase } from "./registers/evidence/log/lastKnown.ts";
import { inviteFirst } from "./registers/staff/accounts.ts";
import { invitationLink } from "./registers/staff/routes.ts";
import { eraseClosedAccounts } from "./retention/accounts.ts";
import { collectKeys } from "./retention/collectKeys.ts";
import { eraseOldRequests } from "./retention/requests.ts";
import { previewRetention } from "./retention/run.ts";
import { openOwnCards } from "./rights/ownCard/ways.ts";
import { buildApp } from "./server/app.ts";
import { openBeside } from "./server/demo/beside.ts";
import { DEMO_COOKIE, demoEnvironment, demoFor } from "./server/demo/demo.ts";
import { parentOf } from "./server/demo/underParent.ts";
import { openVisits } from "./server/demo/visits.ts";
import { watchDisk } from "./server/diskWatch.ts";
import { buildFormApp } from "./server/formApp.ts";
import { formerUntil } from "./server/former.ts";
import type { Health } from "./server/health.ts";
import { expectFree, listen } from "./server/listen.ts";
import { openLogFolder } from "./server/logFolder.ts";
import { cleaning, everyNight, keepCertifying, retryErasures } from "./server/nightly.ts";
import { expectHelpers, openRegister } from "./server/openRegister.ts";
import { readSettings } from "./server/settings.ts";
import { keepLooking } from "./server/upkeep.ts";
import { watchesOf } from "./server/watches.ts";
import { Problem } from "./values/problem.ts";
import { settleAll } from "./versions/putInForce.ts";
import { renewValues } from "./versions/renewValues.ts";

const language = personsLanguage();
const words = cliWords(language);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const isDemo = process.argv.includes("--demo");
const parent = isDemo ? parentOf(process.argv) : null;

try {
  await start();
} catch (error) {
  const { code, facts } = error instanceof Problem ? error : new Problem("unexpected", 500);
  await parent?.tell({ told: "failed", code, facts });
  process.stderr.write(`${lineOf(error, language)}\n`);
  process.exit(1);
}

async function start(): Promise<void> {
  // Until it serves, ending is enough: the database is asked to close by whoever started it.
  let leave = (): void => process.exit(130);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leave());
  const settings = readSettings(isDemo ? demoEnvironment(process.env) : process.env);
  const { host, dataDir } = settings;
  const demo = isDemo ? demoFor(dataDir, parent?.customers) : null;
  const staffPort = { host, port: settings.port, name: "PORT" };
  const publicPort = { host, port: settings.publicPort, name: "PUBLIC_PORT" };
  await expectFree(staffPort);
  await expectFree(publicPort);

  await using started = new AsyncDisposableStack();
  const register = await openRegister(settings, { log: say, language, ...(demo && { clock: demo.clock }) });
  started.defer(() => register.close());
  const { gate } = register;
  parent?.expect();
  const { mail, anchor } = settings;
  // An erasure that a crash cut short is finished before anybody can ask.
  await replayErasures(gate);
  const sinks = [besideDatabase(dataDir), ...(anchor ? [anchorFolder(anchor.dir, anchor.system)] : [])];
  started.defer(evidenceLogOf(gate).start({ sinks, tell: say }));
  await demo?.fill(gate, (key, values) => {
    parent?.expect();
    if (typeof values.percent === "number") parent?.step("year", values.percent);
    say(words(key, values));
  });
  parent?.step("opening");
  const log = openLogFolder(join(dataDir, "log"), gate.clock, () => clockIsRight(gate));
  started.defer(() => log.close());

  const disk = await watchDisk({ folder: dataDir, tell: say });
  started.defer(() => disk.stop());

  const { publicUrl, publicFormUrl, trustedProxies } = settings;
  let origin = publicUrl ?? "";
  const relay = mail && { system: mail.system, send: openMail(mail).send };
  let formOrigin = publicFormUrl ?? "";
  const cards = openOwnCards(gate, { relay, origin: () => formOrigin });
  const notices = openNotices({ gate, folder: dataDir, where: () => origin, ...(relay && { mail: relay }) });
  let status: Health["status"] = "starting";
  const reach = { https: publicUrl !== undefined, ...(trustedProxies && { trustedProxies }) };
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  const health = (): Health => {
    const { description, hash } = gate.inForce();
    return { status, version, description: { version: description.version, hash }, disk: disk.now() };
  };

  const actors = openActors({
    gate,
    https: reach.https,
    ...(publicUrl !== undefined && { origin: publicUrl }),
    ...(isDemo && { cookie: DEMO_COOKIE }),
  });
  const web = fileURLToPath(new URL("../dist/web", import.meta.url));
  const copies = copiesAfter({
    copied: settings.backup !== undefined,
    former: await formerUntil(dataDir, register, gate.clock.now()),
  });
  let formAddress = publicFormUrl ?? "";
  let stopNow = (): void => undefined;
  const visits = isDemo
    ? await openVisits({
        ...{ gate, actors, dataDir, beside: parent !== null },
        origin: () => origin,
        form: () => ({ url: formAddress, abroad: publicFormUrl !== undefined }),
        // The browser that leaves has gone before its pages do.
        onLeave: () => void setTimeout(() => stopNow(), 1500),
      })
    : undefined;
  // Its browser reaches what listens on this machine only where it is on this machine itself.
  const beside = publicUrl === undefined && !isDemo ? openBeside({ folder: join(dataDir, "demo") }) : undefined;
  started.defer(async () => beside?.stop());
  const { app, search, prover } = await buildApp({
    copiesAfter: copies,
    gate,
    actors,
    version,
    ...reach,
    origin: () => origin,
    health,
    disk,
    notices,
    desk: openDesk({ ...register }),
    ownCards: { origin: () => formOrigin, byMail: cards.byMail },
    versions: { takeForce: register.takeForce, expect: (described) => expectHelpers(described, settings) },
    ...(settings.oidc && { oidc: await signInServiceOf(settings.oidc) }),
    log,
    web,
    ...(beside && { beside }),
    ...(visits && { demo: visits }),
  });
  started.defer(() => app.close());
  const form = await buildFormApp({
    gate,
    ...reach,
    https: reach.https || publicFormUrl !== undefined,
    cards,
    origin: publicFormUrl,
    disk,
    log,
  });
  started.defer(() => form.close());

  const port = await listen(app, staffPort);
  const formPort = await listen(form, publicPort);
  if (formOrigin === "") formOrigin = `http://${host}:${formPort}`;
  // By its name rather than its number: browsers allow passkeys at localhost and at no IP address.
  if (origin === "") origin = `http://${["127.0.0.1", "::1"].includes(host) ? "localhost" : host}:${port}`;
  if (formAddress === "")
    formAddress = `http://${["127.0.0.1", "::1"].includes(host) ? "localhost" : host}:${formPort}`;
  const { expectRoom } = disk;
  started.defer(await listenLocally(dataDir, { ...register, forgetToken: actors.forgetToken, expectRoom }));
  const nights = [
    ...cleaning(gate),
    { name: "keys past their grace", work: () => replayErasures(gate) },
    { name: "retention preview", work: () => previewRetention(gate) },
    { name: "values under moved rules", work: () => settleAll(gate) },
    { name: "values under former keys", work: () => renewValues(gate) },
    { name: "keys without rows", work: () => whenClockIsRight(gate, () => collectKeys(gate, register.backup)) },
    {
      name: "entries of the log",
      work: () => whenClockIsRight(gate, () => forgetEnded(gate, register.ownerConnection)),
    },
    { name: "old requests", work: () => whenClockIsRight(gate, () => eraseOldRequests(gate)) },
    { name: "closed accounts", work: () => whenClockIsRight(gate, () => eraseClosedAccounts(gate)) },
    { name: "probes", work: prover.prove },
    { name: "base copy", work: async () => register.backup.target && register.backup.copyNow() },
    { name: "drill", work: register.drill.night },
    { name: "former cluster", work: () => formerUntil(dataDir, register, gate.clock.now()) },
  ];
  const stopNights = everyNight(register.databases.write, gate.clock, nights, { folder: dataDir, tell: say });
  started.defer(() => stopNights());
  started.defer(retryErasures(gate, say));
  started.defer(keepCertifying(gate, copies, say));
  started.defer(keepCopying(register.backup, say));
  // A drill that died with the server before has left its copy.
  register.drill.clear().catch(() => say(words("server.drillLeft")));
  const watched = {
    gate,
    backup: register.backup,
    drill: register.drill,
    disk,
    notices,
    ...(publicUrl !== undefined && { publicUrl }),
  };
  started.defer(keepLooking(notices, watchesOf(watched)));
  if (relay) started.defer(openStaffNews({ gate, mail: relay, where: () => origin }).start());
  // Searches answer "being rebuilt" meanwhile; everything else works.
  search.ready().catch(() => say(words("server.searchFails")));
  // Whoever leafs by name before it is made is told why, also why it cannot be.
  nameOrderOf(gate)
    .ready()
    .catch(() => undefined);
  // Until the first run is over a document says "not yet proven".
  // Beside a register it is the visitor who presses "prove now" and sees it change.
  if (!parent) prover.prove().catch(() => say(words("server.probesFail")));
  status = "ok";

  say(`Tietovirta ${version}: ${origin}`);
  say(words("server.form", { address: publicFormUrl ?? `http://${host}:${formPort}` }));
  if (!gate.keys.recovery().confirmed) say(recoveryWords(language)("waits"));
  const first = parent ? null : await inviteFirst(gate);
  if (first !== null) say(words("server.firstAccount", { link: invitationLink(origin, first) }));

  const all = started.move();
  const stop = async () => {
    status = "stopping";
    say(words(register.backup.target ? "server.stoppingCopied" : "server.stopping"));
    await all.disposeAsync().catch((error) => process.stderr.write(`${lineOf(error, language)}\n`));
    say(words("server.stopped"));
    process.exit(0);
  };
  let stopping = false;
  const once = (how: () => Promise<void>) => () => {
    if (stopping) return;
    stopping = true;
    void how();
  };
  // A terminal's Ctrl+C comes twice, from the terminal and from whoever runs us; the second must not cut the first short.
  leave = once(stop);
  if (!parent || !visits) return;
  stopNow = once(() => parent.tell({ told: "leaving" }).then(stop));
  parent.onAsked({ link: visits.link, stop: stopNow });
  await parent.tell({ told: "ready", origin });
}
