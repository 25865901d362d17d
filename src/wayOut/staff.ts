// Who works with the register: names and roles, so that "by" in the other tables can be read. No password, no token, no hash of one.
import type { Everything } from "../gate/gate.ts";
import type { OutFile, Spools } from "./spool.ts";
import { type About, openTable } from "./table.ts";

const COLUMNS = ["kind", "id", "name", "login", "roles", "language", "createdAt", "createdBy", "disabledAt"] as const;

export async function* staff(all: Everything, spools: Spools): AsyncGenerator<OutFile, About> {
  const table = await openTable(spools, "staff", COLUMNS);
  const grant = all.of("staff");
  const accounts = await grant
    .selectFrom("account")
    .select(["subject_id", "sealed_name", "sealed_login", "language", "created_at", "created_by", "disabled_at"])
    .orderBy("created_at")
    .execute();
  const roles = Map.groupBy(
    await grant.selectFrom("account_role").select(["subject_id", "role"]).orderBy("role").execute(),
    ({ subject_id }) => subject_id,
  );
  const opened = await grant.open(
    accounts.flatMap(({ subject_id, sealed_name, sealed_login }) => [
      { subject_id, category: "staffName", row: subject_id, sealed: sealed_name },
      { subject_id, category: "staffLogin", row: subject_id, sealed: sealed_login },
    ]),
  );
  for (const [n, account] of accounts.entries()) {
    const held = (roles.get(account.subject_id) ?? []).map(({ role }) => role);
    await add("account", {
      ...{ id: account.subject_id, name: opened[2 * n] ?? null, login: opened[2 * n + 1] ?? null, roles: held },
      ...{ language: account.language, createdAt: account.created_at.toISOString(), createdBy: account.created_by },
      disabledAt: account.disabled_at?.toISOString() ?? null,
    });
  }
  const tokens = await grant
    .selectFrom("token")
    .select(["id", "name", "role", "created_at", "created_by", "revoked_at"])
    .orderBy("created_at")
    .execute();
  for (const { id, name, role, created_at, created_by, revoked_at } of tokens)
    await add("token", {
      ...{ id, name, login: null, roles: [role], language: null, createdAt: created_at.toISOString() },
      ...{ createdBy: created_by, disabledAt: revoked_at?.toISOString() ?? null },
    });

  const { files, about } = await table.end();
  yield* files;
  return about;

  async function add(kind: string, record: { roles: readonly string[] } & Readonly<Record<string, unknown>>) {
    const cells = COLUMNS.map((column) => {
      const value = column === "kind" ? kind : column === "roles" ? record.roles.join(" ") : record[column];
      return typeof value === "string" ? value : null;
    });
    await table.add({ cells, record: { kind, ...record } });
  }
}
