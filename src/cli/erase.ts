// `npx tietovirta erase --due [--preview]`: what has come to its end, as a table; and erasing it.
import { parseArgs } from "node:util";
import type { z } from "zod";
import { hasRightsWord, rightsWords } from "../documents/rightsWords.ts";
import type { Due } from "../retention/contract.ts";
import { formatDay, parseDay } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

const USAGE = "tietovirta erase --due [--preview]";

export const eraseCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const boolean = { type: "boolean" } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { due: boolean, preview: boolean },
    });
    if (!values.due) throw new UsageFault();
    const language = personsLanguage();
    const words = rightsWords(language);
    if (values.preview) {
      const due = await runOnRegister("erase preview", undefined);
      process.stdout.write(`${dueTable(due, language)}\n${words("due.preview")}\n`);
      return 0;
    }
    const run = await runOnRegister("erase due", undefined);
    process.stdout.write(`${dueTable(run, language)}\n${words("due.erased", { count: run.erased })}\n`);
    return 0;
  });

/** Ids and days, never a value: safe in a terminal's history and in a scheduler's mail. */
export function dueTable(due: z.infer<typeof Due>, language: Language): string {
  const words = rightsWords(language);
  const day = (iso: string) => formatDay(parseDay(iso), language);
  const known = (category: string) =>
    hasRightsWord(`category.${category}`) ? words(`category.${category}`) : category;
  const lines = [words("due.title", { day: day(due.day) })];
  if (due.clock === "jumped") lines.push(words("due.jumped"));
  if (due.items.length === 0) lines.push(words("due.nothing"));
  else {
    const keys = ["register", "subject", "rule", "dueOn", "atEnd", "categories"] as const;
    const head = keys.map((key) => words(`due.column.${key}`));
    const rows = due.items.map(({ register, subjectId, rule, dueOn, atEnd, categories }) => [
      register,
      subjectId,
      rule,
      day(dueOn),
      words(`atEnd.${atEnd}`),
      categories.map(known).join(", "),
    ]);
    lines.push(...columns([head, ...rows]));
  }
  for (const { register, subjectId, hold } of due.held)
    lines.push(words("due.held", { register, subject: subjectId, hold }));
  for (const { register, people, limit, due: count } of due.limits) {
    lines.push(words("due.limit", { register, due: count, people, limit }));
    const now = new Set(due.items.filter((item) => item.register === register).map(({ subjectId }) => subjectId)).size;
    if (count > now) lines.push(words("due.later", { register, count: count - now }));
  }
  return lines.join("\n");
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, n) => cell.padEnd(widths[n] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
