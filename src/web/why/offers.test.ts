// What each page can offer is the contracts that its modules call, and the doors that they hide from whoever may not go through: read from the sources, so that a page cannot grow something that its door keeps silent about.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { suite, test } from "node:test";
import type { Contract, ContractAct } from "../../api/contract.ts";
import { contracts } from "../../server/contracts.ts";

const WEB = join(import.meta.dirname, "..");
const FILE = join(import.meta.dirname, "offers.json");
/** What every page has around it, and what asks for all pages together. */
const AROUND = new Set(["router.tsx", "main.tsx"]);

type Imported = { from: string; names: string[] };

const withoutComments = (file: string): string => readFileSync(file, "utf8").replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");

/** Acts that the module asks for by name (`may("collect customers")`), before it shows what leads to them. */
const askedIn = (file: string): string[] =>
  [...withoutComments(file).matchAll(/\b[mM]ay\w*(?:\(\))?\("([a-z]+ [a-zA-Z ]+)"\)/g)].map(([, act = ""]) => act);

function importsOf(file: string): Imported[] {
  const text = withoutComments(file);
  const still = [
    ...text.matchAll(/^import\s+(?!type\b)(?:[\w*]+\s*,?\s*)?(?:\{([^}]*)\}\s*)?(?:from\s+)?"(\.[^"]+)";/gm),
  ];
  const later = [...text.matchAll(/\bimport\("(\.[^"]+)"\)/g)];
  return [
    ...still.map(([, names = "", from = ""]) => ({
      from: resolve(dirname(file), from),
      names: names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "" && !name.startsWith("type "))
        .map((name) => name.split(/\s+as\s+/)[0] ?? ""),
    })),
    ...later.map(([, from = ""]) => ({ from: resolve(dirname(file), from), names: [] })),
  ];
}

/** Contracts and acts named by a module of the web or by what it imports there. */
async function offeredBy(page: string): Promise<{ contracts: Contract[]; acts: string[] }> {
  const seen = new Set<string>();
  const found = new Set<Contract>();
  const acts: string[] = [];
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    acts.push(...askedIn(file));
    for (const { from, names } of importsOf(file)) {
      if (from.endsWith("contract.ts")) {
        const module: Record<string, unknown> = await import(from);
        for (const name of names) {
          const one = contracts.find((each) => each === module[name]);
          if (one) found.add(one);
        }
      } else if (from.startsWith(WEB) && !AROUND.has(relative(WEB, from)) && /\.tsx?$/.test(from)) await visit(from);
    }
  };
  await visit(page);
  return { contracts: [...found], acts };
}

function wordOf(act: ContractAct): string | null {
  if ("none" in act || "public" in act) return null;
  if ("flow" in act) return `flow ${act.flow.from} ${act.flow.to}`;
  if ("requests" in act) return "right access";
  if ("right" in act) return `right ${act.right}`;
  if ("keeps" in act) return `keeps ${act.keeps} ${act.verb}`;
  return `${act.verb} ${act.register}`;
}

/** Path of the router to the page's module. */
function pages(): [string, string][] {
  const router = readFileSync(join(WEB, "router.tsx"), "utf8");
  return router.split("createRoute(").flatMap((block): [string, string][] => {
    const path = /path: "([^"]+)"/.exec(block)?.[1];
    const file = /import\("(\.\/[^"]+)"\)/.exec(block)?.[1];
    const inside = block.includes("getParentRoute: () => inside") && !block.includes("/dev/");
    return path !== undefined && file !== undefined && inside ? [[path, join(WEB, file)]] : [];
  });
}

/** As the formatter writes it. */
function asJson(pages: Record<string, string[]>): string {
  const lines = Object.entries(pages).map(([path, words]) => {
    const line = `  ${JSON.stringify(path)}: [${words.map((word) => JSON.stringify(word)).join(", ")}]`;
    return line.length < 120
      ? line
      : `  ${JSON.stringify(path)}: ${JSON.stringify(words, null, 2).replace(/\n/g, "\n  ")}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

suite("what a page can offer", async () => {
  const made: Record<string, string[]> = {};
  for (const [path, file] of pages()) {
    const { contracts: called, acts } = await offeredBy(file);
    const words = called.map(({ act }) => wordOf(act)).filter((word) => word !== null);
    made[path] = [...new Set([...words, ...acts])].sort();
  }

  test("is known of every page", () => {
    assert.ok(Object.keys(made).length > 15, Object.keys(made).join(" "));
    const text = asJson(made);
    if (process.env.GOLDEN === "write") writeFileSync(FILE, text);
    assert.equal(readFileSync(FILE, "utf8"), text, "run with GOLDEN=write and review the change");
  });

  test("is what one would expect of some", () => {
    assert.ok(made["/invoices/$id"]?.includes("change invoices"));
    assert.ok(made["/orders/$id"]?.includes("flow customers invoices"));
    assert.ok(made["/customers/$id"]?.includes("read customers"));
    assert.ok(made["/customers"]?.includes("collect customers"), "its button to a new customer");
    assert.deepEqual(made["/account"], []);
  });
});
