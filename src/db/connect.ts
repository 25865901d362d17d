// The only file that knows the driver's pools. Days are text, cents are numbers, tokens are written and never read.
import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import { preparing } from "./prepared.ts";
import type { Tables } from "./tables.ts";

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
/** `read`: sessions that cannot write. `audit`: a connection of its own for gathered events, never waiting behind business. */
export type Databases = { read: Db; write: Db; audit: Db };

/** How to reach PostgreSQL as one role: a URL, or the folder of a unix socket. */
export type Connection =
  | { url: string }
  | { host: string; port?: number; user: string; password: string; database: string };

const INT8 = 20;
const DATE = 1082;
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: "text" | "binary") => {
    if (format !== "binary" && oid === DATE) return (text: string) => text;
    if (format !== "binary" && oid === INT8) return safeInteger;
    return pg.types.getTypeParser(oid, format);
  }) as typeof pg.types.getTypeParser,
};

/** Cents and counts; a number that a double cannot hold exactly is a fault, never rounded. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError("an integer of the database is larger than a number can hold");
  return value;
}

type Options = {
  max?: number;
  readOnly?: boolean;
  /** Hears every statement, without its values. */
  statements?: ((text: string) => void) | undefined;
};

export function connect(to: Connection, { max = 10, readOnly = false, statements }: Options = {}): Db {
  const where = "url" in to ? { connectionString: to.url } : to;
  const pool = new pg.Pool({
    ...where,
    max,
    types,
    application_name: "tietovirta",
    // The pool stays warm: a connection made in the middle of a request costs more than the request.
    idleTimeoutMillis: 0,
    // Every query here is meant to find its rows by an index. Plans are kept (prepared.ts): one made while a table was empty would read it
    // whole for ever, and one made for the values of the moment reads the whole search table when it guesses that the first rows will do.
    // A kept plan guesses too: a page cut from the newest rows of a table may walk its primary key backwards until enough are found, which for
    // a rare subject is the whole table; such a query is fenced (`grant.around`). Compiling a plan takes longer than any query here.
    options: `-c enable_seqscan=off -c plan_cache_mode=force_generic_plan -c jit=off -c timezone=UTC -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s${
      readOnly ? " -c default_transaction_read_only=on" : ""
    }`,
  });
  // An idle connection that PostgreSQL drops (a restart) is replaced at the next query; unheard it would end the process.
  pool.on("error", () => undefined);
  // The same in the middle of a transaction, between two statements, which the pool does not hear: the next statement fails and tells.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: preparing(pool) }),
    ...(statements && { log: ({ query }) => statements(query.sql) }),
  });
}

export function connectAll(to: Connection, { statements }: Pick<Options, "statements"> = {}): Databases {
  return {
    read: connect(to, { max: 8, readOnly: true, statements }),
    write: connect(to, { max: 12, statements }),
    audit: connect(to, { max: 1, statements }),
  };
}

export async function disconnect({ read, write, audit }: Databases): Promise<void> {
  await Promise.all([read.destroy(), write.destroy(), audit.destroy()]);
}

/** The same server and role, another database: the copies of the tests. */
export function inDatabase(to: Connection, database: string): Connection {
  if (!("url" in to)) return { ...to, database };
  const url = new URL(to.url);
  url.pathname = `/${database}`;
  return { url: url.href };
}

/** One session outside any pool, for the supervisor's question "are you up?". Not yet connected. */
export function oneSession(to: Connection): pg.Client {
  const where = "url" in to ? { connectionString: to.url } : to;
  const client = new pg.Client({ ...where, application_name: "tietovirta", connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  return client;
}
