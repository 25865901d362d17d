// What people allowed and refused, each with the wording that was shown.
import { parse } from "../description/parse.ts";
import { inLanguage } from "../description/text.ts";
import type { Everything } from "../gate/gate.ts";
import { digestHex } from "../keys/token.ts";
import { languages } from "../values/Language.ts";
import { PAGE, pages } from "./pages.ts";
import type { OutFile, Spools } from "./spool.ts";
import { type About, openTable } from "./table.ts";

const COLUMNS = [
  ...["kind", "id", "customerId", "of", "at", "by", "endedAt", "endedBy", "purpose", "source", "language", "channels"],
  ...["wordingVersion", "wording", "wordingHash", "purposes", "until", "ground"],
] as const;
type Column = (typeof COLUMNS)[number];
type Permission = { [C in Column]?: string | number | readonly string[] | null };

export async function* permissions(all: Everything, spools: Spools): AsyncGenerator<OutFile, About> {
  const table = await openTable(spools, "permissions", COLUMNS);
  const wordings = await wordingsOf(all);
  for await (const one of everyPermission(all, wordings)) {
    const cells = COLUMNS.map((column) => {
      const value = one[column];
      return Array.isArray(value)
        ? value.join(" ")
        : typeof value === "number" || typeof value === "string"
          ? value
          : null;
    });
    await table.add({ cells, record: one });
  }
  const { files, about } = await table.end();
  yield* files;
  return about;
}

async function* everyPermission(all: Everything, wordings: ReadonlyMap<string, string>): AsyncGenerator<Permission> {
  const grant = all.of("permissions");
  for await (const some of pages<Awaited<ReturnType<typeof consentsAfter>>[number]>((last) => consentsAfter(last?.id)))
    for (const row of some) {
      const hash = row.wording_hash.toString("hex");
      yield {
        ...{ kind: "consent", id: row.id, customerId: row.subject_id, of: row.consent, purpose: row.purpose },
        ...{ at: row.given_at.toISOString(), by: row.given_by },
        ...{ endedAt: row.withdrawn_at?.toISOString() ?? null, endedBy: row.withdrawn_by },
        ...{ source: row.source, language: row.language, channels: row.channels },
        ...{ wordingVersion: row.wording, wording: wordings.get(hash) ?? null, wordingHash: hash },
      };
    }
  for await (const some of pages<Awaited<ReturnType<typeof objectionsAfter>>[number]>((last) =>
    objectionsAfter(last?.id),
  ))
    for (const { id, subject_id, purpose, at, by, lifted_at } of some)
      yield {
        ...{ kind: "objection", id, customerId: subject_id, of: purpose, purpose, at: at.toISOString(), by },
        endedAt: lifted_at?.toISOString() ?? null,
      };
  for await (const some of pages<Awaited<ReturnType<typeof locksAfter>>[number]>((last) => locksAfter(last?.id)))
    for (const { id, subject_id, register, at, by, lifted_at, purposes, until, ground } of some)
      yield {
        ...{ kind: "restriction", id, customerId: subject_id, of: register, at: at.toISOString(), by },
        ...{ endedAt: lifted_at?.toISOString() ?? null, purposes, until, ground },
      };
  for await (const some of pages<Awaited<ReturnType<typeof holdsAfter>>[number]>((last) => holdsAfter(last?.id)))
    for (const { id, subject_id, hold, at, by, lifted_at } of some)
      yield {
        ...{ kind: "hold", id, customerId: subject_id, of: hold, at: at.toISOString(), by },
        endedAt: lifted_at?.toISOString() ?? null,
      };

  function consentsAfter(after: string | undefined) {
    const query = grant.selectFrom("consent").selectAll().orderBy("id").limit(PAGE);
    return (after === undefined ? query : query.where("id", ">", after)).execute();
  }
  function objectionsAfter(after: string | undefined) {
    const query = grant.selectFrom("objection").selectAll().orderBy("id").limit(PAGE);
    return (after === undefined ? query : query.where("id", ">", after)).execute();
  }
  function locksAfter(after: string | undefined) {
    const query = grant.selectFrom("restriction").selectAll().orderBy("id").limit(PAGE);
    return (after === undefined ? query : query.where("id", ">", after)).execute();
  }
  function holdsAfter(after: string | undefined) {
    const query = grant.selectFrom("hold").selectAll().orderBy("id").limit(PAGE);
    return (after === undefined ? query : query.where("id", ">", after)).execute();
  }
}

/** Every wording of every version of the description, by the hash that a consent keeps of what was shown (GDPR Art. 7(1)). */
async function wordingsOf(all: Everything): Promise<ReadonlyMap<string, string>> {
  const versions = await all.of("evidence").selectFrom("description_version").select("text").execute();
  const wordings = new Map<string, string>();
  for (const { text } of versions) {
    const { description } = parse(text);
    if (!description) continue;
    for (const { wording } of Object.values(description.consents))
      for (const { text: shown } of wording)
        for (const language of languages) {
          const words = inLanguage(description, shown, language);
          wordings.set(digestHex(words), words);
        }
  }
  return wordings;
}

/** Refusals kept for addresses that have gone: keyed hashes, which nobody reads outside this installation; only how many. */
export async function bans(all: Everything): Promise<number> {
  const { count } = await all
    .of("permissions")
    .selectFrom("ban")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}
