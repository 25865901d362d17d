// A proof that cannot fail proves nothing: each control is broken in a copy of the program, and exactly its statement turns red.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ControlName } from "../description/terms.ts";
import { testDatabase } from "../test/database.ts";
import type { Proof } from "./contract.ts";

type Mutant = { control: ControlName; file: string; find: string; replace: string };
const mutants: Mutant[] = [
  {
    control: "accessByRole",
    file: "policy/decide.ts",
    find: "permission.register === act.register && permission.verbs.includes(act.verb)",
    replace: "permission.register === act.register",
  },
  {
    control: "categoriesByRole",
    file: "policy/decide.ts",
    find: "permitted.has(category) && needed(category)",
    replace: '(permitted.has(category) || description.categories[category]?.risk === "high") && needed(category)',
  },
  {
    control: "purposeByRole",
    file: "policy/decide.ts",
    find: "held.filter((grant) => grant.purposes.includes(purpose))",
    replace: "held",
  },
  {
    control: "declaredSources",
    file: "policy/decide.ts",
    find: "(own(description.categories, category)?.givenBy.includes(source) ?? false)",
    replace: "own(description.categories, category) !== undefined",
  },
  {
    control: "declaredFlows",
    file: "policy/decide.ts",
    find: "!roles.some((role) => flow.by.includes(role))",
    replace: "roles.length === 0",
  },
  {
    control: "secureChannel",
    file: "policy/decide.ts",
    find: "if (!OPEN_CHANNELS.has(flow.channel)) return undefined;",
    replace: "if (OPEN_CHANNELS.size > 0) return undefined;",
  },
  {
    control: "identityCodeGround",
    file: "policy/decide.ts",
    find: "!category.grounds?.some((allowed) => allowed === ground)",
    replace: "category.grounds === undefined",
  },
  {
    control: "consentRecorded",
    file: "policy/decide.ts",
    find: 'if (basis === "consent") conditions.push({ kind: "consented", purpose });',
    replace: "",
  },
  {
    control: "restrictionHides",
    file: "gate/conditions.ts",
    find: "and r.lifted_at is null and not",
    replace: "and r.lifted_at is not null and not",
  },
  {
    control: "auditBeforeAnswer",
    file: "gate/acts.ts",
    find: "await audit(eventOf(caller, force.description, about, seenOf(grant, allowed), answeredBy(grant), whyOf(grant)));",
    replace:
      "void audit(eventOf(caller, force.description, about, allowed, answeredBy(grant))).catch(() => undefined);",
  },
  {
    control: "sealedValues",
    file: "registers/customers/store.ts",
    find: "by: grant.actor.id,",
    replace: 'by: entries[n]?.value ?? "",',
  },
  {
    control: "retentionRun",
    file: "retention/due.ts",
    find: "until >= day) continue;",
    replace: "until < day) continue;",
  },
  {
    control: "erasureOnRequest",
    file: "rights/erasure.ts",
    find: "keysDestroyedOn: await carryOut(gate, steps, work, asked.ground)",
    replace: "keysDestroyedOn: null",
  },
  {
    control: "accessPackage",
    file: "rights/access.ts",
    find: 'if (name === "permissions") continue;',
    replace: 'if (name === "permissions" || name === "customers") continue;',
  },
  {
    control: "ownPassword",
    file: "keys/password.ts",
    find: "return sameBytes(derived, hash) && known !== null;",
    replace: "return known !== null && derived.length > 0;",
  },
  {
    control: "systemsRisk",
    file: "description/lint/systems.ts",
    find: '?.highestRisk === "low")',
    replace: "?.highestRisk === undefined)",
  },
  {
    control: "restoreDrill",
    file: "backup/drillStanding.ts",
    find: "now - last.finishedAt.getTime() > GOOD_MS",
    replace: "now - last.finishedAt.getTime() > 30 * GOOD_MS",
  },
  {
    control: "requestsInTime",
    file: "registers/requests/register.ts",
    find: "rows.filter(({ due_on }) => due_on < today).length",
    replace: "0 * today.length",
  },
  {
    control: "ownCard",
    file: "policy/decide.ts",
    find: "subject === undefined || subject !== actor.id",
    replace: "subject === undefined",
  },
  {
    control: "twoFactors",
    file: "registers/staff/signIn/withheld.ts",
    find: "if (standing?.byPasswordAlone && needsTwo(description, role))",
    replace: "if (standing?.byPasswordAlone === null && needsTwo(description, role))",
  },
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const { ownerConfig } = await testDatabase();
const copy = await mkdtemp(join(tmpdir(), "tietovirta-mutants-"));
after(() => rm(copy, { recursive: true, force: true }));
for (const folder of ["src", "locales", "migrations", "descriptions"])
  await cp(join(root, folder), join(copy, folder), { recursive: true });
await cp(join(root, "package.json"), join(copy, "package.json"));
await symlink(join(root, "node_modules"), join(copy, "node_modules"));

/** The command line of the copy, on a database of this test's own. */
async function prove(): Promise<Proof[]> {
  const env = {
    ...process.env,
    DATA_DIR: join(copy, "data"),
    DATABASE_URL: urlOf(),
    DESCRIPTION: join(copy, "descriptions/walttia.yaml"),
  };
  const run = promisify(execFile)(process.execPath, ["src/cli/tietovirta.ts", "prove", "--json"], { cwd: copy, env });
  const { stdout } = await run.catch((failed: { stdout: string; stderr: string }) => {
    if (!failed.stdout) throw new Error(`prove gave nothing: ${failed.stderr}`);
    return failed;
  });
  return JSON.parse(stdout);
}

function urlOf(): string {
  if ("url" in ownerConfig) return ownerConfig.url;
  const { host, user, password, database } = ownerConfig;
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(host)}`;
}

const red = (proofs: readonly Proof[]) =>
  proofs.filter(({ state }) => state === "failed").map(({ control }) => control);

test("the program as it is has nothing red, and every control has a mutant", async () => {
  assert.deepEqual(mutants.map(({ control }) => control).sort(), [...ControlName.options].sort());
  assert.deepEqual(red(await prove()), []);
});

for (const { control, file, find, replace } of mutants)
  test(`without its control ${control} turns red, and nothing else does`, async () => {
    const path = join(copy, "src", file);
    const whole = await readFile(path, "utf8");
    assert.equal(whole.split(find).length, 2, "the mutant is found exactly once");
    await writeFile(
      path,
      whole.replace(find, () => replace),
    );
    try {
      assert.deepEqual(red(await prove()), [control]);
    } finally {
      await writeFile(path, whole);
    }
  });
