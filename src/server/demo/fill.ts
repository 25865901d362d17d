// Fills an empty register with the made-up year, by the same routes and under the same description as its users: nothing here goes past the gate.
import type { FastifyInstance, InjectOptions } from "fastify";
import { openActors } from "../../actors/actors.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { digest, randomToken } from "../../keys/token.ts";
import { entriesOf, fieldsOf } from "../../registers/customers/fields.ts";
import { addCustomer } from "../../registers/customers/store.ts";
import { object } from "../../registers/permissions/state.ts";
import { addConsents } from "../../registers/permissions/store.ts";
import { addToken, revokeToken } from "../../registers/staff/sessionStore.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { newId } from "../../values/Uuid.ts";
import type { WordValues } from "../../values/words.ts";
import { buildApp } from "../app.ts";
import type { DemoClock } from "./clock.ts";
import { type DemoAct, type DemoDay, planOf } from "./plan.ts";

const CUSTOMERS = 2000;
const ROLES = ["sales", "invoicing", "administration"] as const;
type Role = (typeof ROLES)[number];
const AT_A_TIME = 16;
const STEPS_TOLD = 20;
/** In this order within a day: nothing is delivered that was not ordered. */
const STEPS: readonly DemoAct["kind"][] = [
  ...(["customer", "contact", "order", "delivery", "invoice", "payment"] as const),
  ...(["look", "refused", "objection", "erasure"] as const),
];

/** `key`: of a sentence of the commands (`locales/<language>/cli.json`). */
export type Tell = (key: string, values: WordValues) => void;
export type Filled = { customers: number; orders: number; invoices: number; refused: number };

/** About a minute. `clock` must be the gate's; it is released at the end. `tell` hears how far it is. */
export async function fillDemo(
  gate: Gate,
  clock: DemoClock,
  tell: Tell,
  { customers = CUSTOMERS }: { customers?: number } = {},
): Promise<Filled> {
  const today = dayInHelsinki(new Date());
  const plan = planOf(customers, today);
  const { app } = await buildApp({
    gate,
    actors: openActors({ gate, https: false }),
    version: "demo",
    origin: () => "",
  });
  const tokens = new Map<Role, { id: string; secret: string }>();
  for (const role of ROLES) tokens.set(role, await tokenFor(gate, role));
  const player = new Player(gate, app, tokens);
  try {
    let said = 0;
    for (const [n, day] of plan.entries()) {
      await play(player, clock, day);
      const done = Math.floor(((n + 1) / plan.length) * STEPS_TOLD) * (100 / STEPS_TOLD);
      if (done > said) tell("demo.making", { percent: done, day: day.day });
      said = done;
    }
  } finally {
    clock.release();
    for (const { id } of tokens.values()) await asSystem(gate, "change", (grant) => revokeToken(grant, id));
    await app.close();
  }
  return player.filled;
}

/** The first day there is anything, so that the description is in force before it. */
export const beforeTheDemo = (): Date => new Date(Date.now() - 1200 * 86_400_000);

async function play(player: Player, clock: DemoClock, { day, acts }: DemoDay): Promise<void> {
  for (const [hour, step] of STEPS.entries()) {
    clock.set(new Date(`${day}T${String(6 + hour).padStart(2, "0")}:30:00Z`));
    const mine = acts.filter(({ kind }) => kind === step);
    for (let from = 0; from < mine.length; from += AT_A_TIME)
      await Promise.all(mine.slice(from, from + AT_A_TIME).map((act) => player.act(act)));
  }
}

class Player {
  readonly filled: Filled = { customers: 0, orders: 0, invoices: 0, refused: 0 };
  readonly #gate: Gate;
  readonly #app: FastifyInstance;
  readonly #tokens: ReadonlyMap<Role, { secret: string }>;
  readonly #customers = new Map<number, string>();
  readonly #orders = new Map<number, string>();
  readonly #invoices = new Map<number, string>();

  constructor(gate: Gate, app: FastifyInstance, tokens: ReadonlyMap<Role, { secret: string }>) {
    this.#gate = gate;
    this.#app = app;
    this.#tokens = tokens;
  }

  async act(act: DemoAct): Promise<void> {
    switch (act.kind) {
      case "customer": {
        const id = act.consents ? await this.#withConsent(act.body) : await this.#made("sales", "/customers", act.body);
        this.#customers.set(act.customer, id);
        this.filled.customers += 1;
        return;
      }
      case "contact":
        await this.#made("sales", `/customers/${this.#customer(act.customer)}/contacts`, act.body);
        return;
      case "order": {
        const body = { customerId: this.#customer(act.customer), lines: act.lines, priceIncludesVat: true };
        this.#orders.set(act.order, await this.#made("sales", "/orders", body));
        this.filled.orders += 1;
        return;
      }
      case "delivery":
        await this.#ask("sales", "POST", `/orders/${this.#order(act.order)}/delivery`, 200, { day: act.day });
        return;
      case "invoice":
        this.#invoices.set(act.order, await this.#made("invoicing", `/orders/${this.#order(act.order)}/invoice`));
        this.filled.invoices += 1;
        return;
      case "payment": {
        const id = this.#invoices.get(act.order) ?? "";
        await this.#ask("invoicing", "POST", `/invoices/${id}/payment`, 200, { day: act.day });
        return;
      }
      case "look":
        await this.#ask("sales", "GET", `/customers/${this.#customer(act.customer)}`, 200);
        return;
      case "refused":
        await this.#refused(act);
        return;
      case "objection":
        await this.#objection(this.#customer(act.customer));
        return;
      case "erasure": {
        const path = `/customers/${this.#customer(act.customer)}/erasure`;
        await this.#ask("administration", "POST", path, 200, { ground: "noLongerNeeded" });
      }
    }
  }

  async #refused({ by, customer, order }: Extract<DemoAct, { kind: "refused" }>): Promise<void> {
    if (by === "sales") await this.#ask("sales", "POST", `/orders/${this.#order(order)}/invoice`, 403);
    else await this.#ask("invoicing", "GET", `/customers/${this.#customer(customer)}/access`, 403);
    this.filled.refused += 1;
  }

  /** A customer who came in the cycling week and joined its raffle at the counter. */
  async #withConsent(body: Extract<DemoAct, { kind: "customer" }>["body"]): Promise<string> {
    const { description } = this.#gate.inForce();
    const fields = fieldsOf(description, "customers");
    const [[consent, declared] = [undefined, undefined]] = Object.entries(description.consents);
    const today = dayInHelsinki(this.#gate.clock.now());
    const entries = entriesOf(fields, body, today);
    const source = "meeting";
    const caller = { actor: { kind: "staff", id: newId(), roles: ["sales"] } as const, requestId: newId() };
    const categories = entries.map(({ category }) => category);
    const ask = { register: "customers", verb: "collect", source, subjectKind: body.kind, categories } as const;
    const { id } = await this.#gate.write(caller, ask, async (grant) => {
      const made = await addCustomer(grant, { kind: body.kind, organisationId: null, source, ground: null, entries });
      const wording = declared?.wording[0];
      if (consent !== undefined && declared && wording) {
        const text = typeof wording.text === "string" ? wording.text : JSON.stringify(wording.text);
        const { purpose, channels } = declared;
        const shown = { version: wording.version, text };
        await addConsents(grant.permissions(), [
          { consent, purpose, channels, wording: shown, language: "fi", source },
        ]);
      }
      return made;
    });
    return id;
  }

  async #objection(subject: string): Promise<void> {
    const { description } = this.#gate.inForce();
    const purposes = Object.keys(description.purposes).filter(
      (id) => description.purposes[id]?.legalBasis === "legitimateInterest",
    );
    const caller = { actor: { kind: "staff", id: newId(), roles: ["administration"] } as const, requestId: newId() };
    const ask = { right: "objection", verb: "read", subject, kinds: ["customers"] } as const;
    await this.#gate.right(caller, ask, (steps) => object(steps.permissions(), purposes));
  }

  #customer(n: number): string {
    return known(this.#customers, n);
  }

  #order(n: number): string {
    return known(this.#orders, n);
  }

  async #made(role: Role, path: string, body?: object): Promise<string> {
    const { id } = await this.#ask(role, "POST", path, 201, body);
    return id ?? "";
  }

  async #ask(
    role: Role,
    method: "GET" | "POST",
    path: string,
    expected: number,
    payload?: InjectOptions["payload"],
  ): Promise<{ id?: string }> {
    const answer = await this.#app.inject({
      method,
      url: `/api${path}`,
      headers: { authorization: `Bearer ${this.#tokens.get(role)?.secret}` },
      ...(payload === undefined ? {} : { payload }),
    });
    if (answer.statusCode !== expected)
      throw new Error(`the demo: ${method} ${path.replace(/[0-9a-f-]{36}/, ":id")} answered ${answer.statusCode}`);
    return answer.json();
  }
}

function known(ids: ReadonlyMap<number, string>, n: number): string {
  const id = ids.get(n);
  if (id === undefined) throw new Error("the demo's plan names what has not been made");
  return id;
}

const asSystem = <T>(gate: Gate, verb: "collect" | "change", work: Parameters<typeof gate.serving<"staff", T>>[2]) =>
  gate.serving(systemCaller("demo"), { register: "staff", verb, place: "roles" }, work);

async function tokenFor(gate: Gate, role: Role): Promise<{ id: string; secret: string }> {
  const secret = randomToken();
  const by = "system:demo";
  const id = await asSystem(gate, "collect", (grant) =>
    addToken(grant, { digest: digest(secret), name: `demo ${role}`, role, by }),
  );
  return { id, secret };
}
