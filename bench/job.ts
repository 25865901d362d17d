// What the load process is asked to do, and what it tells; the same requests go to our server and to the bare one.
import { customerAt, randomFrom } from "../src/test/people.ts";
import type { Answer, Asked } from "./socket.ts";

export type Job = {
  url: string;
  token: string;
  connections: number;
  /** Ends after this time, or when `count` are done. */
  seconds?: number;
  count?: number;
  work: Work;
};

export type Work =
  | { kind: "read"; ids: readonly string[] }
  | { kind: "search"; words: readonly string[] }
  /** People from number `from` on; `keep` answers their ids. */
  | { kind: "create"; from: number; keep: boolean }
  | { kind: "order"; customers: readonly string[] }
  /** Delivered and invoiced: two requests, measured together. */
  | { kind: "invoice"; orders: readonly string[] };

export type Told = {
  done: number;
  errors: number;
  /** Statuses and texts of the first few errors. */
  firstErrors: string[];
  seconds: number;
  /** Milliseconds of each. */
  latencies: number[];
  /** Ids of what was made, or numbers of invoices. */
  kept: string[];
};

const line = { description: "Perushuolto", quantity: 1, unitPriceCents: 89_00, vatClass: "standard" };

export type Ask = (asked: Asked) => Promise<Answer>;

/** The `n`th piece of the work; answers what to keep. Throws where the server did not do it. */
export async function doPiece(work: Work, n: number, ask: Ask): Promise<string | undefined> {
  switch (work.kind) {
    case "read": {
      const id = at(work.ids, Math.floor(randomFrom(n)() * work.ids.length));
      expect(200, await ask({ method: "GET", path: `/api/customers/${id}` }));
      return undefined;
    }
    case "search": {
      const word = encodeURIComponent(at(work.words, n % work.words.length));
      expect(200, await ask({ method: "GET", path: `/api/customers?search=${word}` }));
      return undefined;
    }
    case "create": {
      const body = JSON.stringify(customerAt(work.from + n));
      const made = expect(201, await ask({ method: "POST", path: "/api/customers", body }));
      return work.keep ? idOf(made) : undefined;
    }
    case "order": {
      const body = JSON.stringify({ customerId: at(work.customers, n % work.customers.length), lines: [line, line] });
      return idOf(expect(201, await ask({ method: "POST", path: "/api/orders", body })));
    }
    case "invoice": {
      const path = `/api/orders/${at(work.orders, n)}`;
      const day = JSON.stringify({ day: new Date().toISOString().slice(0, 10) });
      expect(200, await ask({ method: "POST", path: `${path}/delivery`, body: day }));
      const { number } = JSON.parse(expect(201, await ask({ method: "POST", path: `${path}/invoice` })).body);
      return String(number);
    }
  }
}

function expect(status: number, answer: Answer): Answer {
  if (answer.status !== status) throw new Error(`${answer.status} ${answer.body.slice(0, 200)}`);
  return answer;
}

const idOf = ({ body }: Answer): string => JSON.parse(body).id;

function at(list: readonly string[], n: number): string {
  const found = list[n];
  if (found === undefined) throw new Error("no such piece of work");
  return found;
}
