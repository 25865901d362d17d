import { z } from "zod";
import { contract } from "../../api/contract.ts";

/** `database`: it is being made or opened. `year`: a made-up year is lived through. `opening`: the pages come. */
export const DemoStep = z.enum(["database", "year", "opening"]);
export type DemoStep = z.infer<typeof DemoStep>;

/** How the made-up company beside the register does. */
export const DemoNow = z.object({
  /** false where the browser could not reach it: people come through a proxy, and it listens on this machine alone. */
  offered: z.boolean(),
  state: z.enum(["none", "starting", "ready", "stopping", "failed"]),
  step: DemoStep.nullable(),
  /** Of the year, 0–100. */
  percent: z.number().int(),
  /** Its folder is there: the next start is quick. */
  made: z.boolean(),
  /** Why it does not start: a code of `locales/<language>/problems.json` with its facts. */
  problem: z.object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
  /** The register itself has no customers yet. */
  empty: z.boolean(),
});
export type DemoNow = z.infer<typeof DemoNow>;

const keeper = { keeps: "accounts" } as const;

export const readDemo = contract({
  method: "GET",
  path: "/demo",
  summary: "Whether a made-up company can be looked at here, and how far it is",
  act: { ...keeper, verb: "read" },
  response: DemoNow,
});

export const startDemo = contract({
  method: "POST",
  path: "/demo",
  summary: "Start the made-up company beside the register; one that runs already goes on",
  act: { ...keeper, verb: "change" },
  response: DemoNow,
  status: 202,
});

export const linkToDemo = contract({
  method: "POST",
  path: "/demo/link",
  summary: "A link into the made-up company that works once",
  act: { ...keeper, verb: "change" },
  response: z.object({ url: z.string() }),
});

export const stopDemo = contract({
  method: "POST",
  path: "/demo/stop",
  summary: "Stop the made-up company; its folder stays",
  act: { ...keeper, verb: "change" },
  response: DemoNow,
});

export const throwDemoAway = contract({
  method: "DELETE",
  path: "/demo",
  summary: "Stop the made-up company and remove all of it",
  act: { ...keeper, verb: "change" },
  response: DemoNow,
});

/** What a visitor of the demo needs to know of it; asked in the demo itself. */
export const DemoVisit = z.object({
  /** Where the visitor came from: the register's own web. null: the demo was started by itself. */
  home: z.string().nullable(),
  /** The public form. `code`: rows of its QR code, "1" dark; null where no telephone could reach it. */
  form: z.object({ url: z.string(), code: z.array(z.string()).nullable() }),
  /** Of the account that visitors share, where the program asks who one is. null: accounts are made as in any register. */
  password: z.string().nullable(),
});
export type DemoVisit = z.infer<typeof DemoVisit>;

export const visitDemo = contract({
  method: "POST",
  path: "/demo/visit",
  summary: "In the demo: come in by a link that works once",
  act: { none: "nobody is signed in yet; the link is the permission, and everybody behind it is made up" },
  body: z.strictObject({ secret: z.string().max(100), language: z.enum(["fi", "sv", "en"]) }),
  response: z.object({ entered: z.literal(true) }),
});

export const readVisit = contract({
  method: "GET",
  path: "/demo/visit",
  summary: "In the demo: where one came from, and where its form is",
  act: { none: "addresses on this machine, nothing of a person" },
  response: DemoVisit,
});

export const leaveDemo = contract({
  method: "POST",
  path: "/demo/leaving",
  summary: "In the demo: leave it; it stops, and its folder stays",
  act: { none: "one's own visit" },
  response: z.object({ home: z.string() }),
});
