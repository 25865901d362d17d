// Statements that PostgreSQL plans once a connection. A customer's card joins six tables: planning it takes longer than carrying it out.
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/** A connection keeps every plan until it closes; queries whose text grows with their values must not fill it. */
const MOST_STATEMENTS = 300;
const MOST_PARAMETERS = 64;

/** The same text has the same name on every connection. */
const names = new Map<string, string>();

function nameOf(text: string, parameters: readonly unknown[]): string | undefined {
  // Begin and commit have no plan.
  if (parameters.length === 0 || parameters.length > MOST_PARAMETERS) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** The pool as Kysely asks for it, with statements that are named. */
export function preparing(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const known = wrapped.get(client);
      if (known) return known;
      const made = preparingClient(client);
      wrapped.set(client, made);
      return made;
    },
  };
}

function preparingClient(client: pg.PoolClient): PostgresPoolClient {
  const query = (text: string, parameters: readonly unknown[] = []) => {
    const values = [...parameters];
    const name = nameOf(text, parameters);
    return name === undefined ? client.query(text, values) : client.query({ name, text, values });
  };
  // No cursor is ever given: streaming is not configured.
  return { query: query as unknown as PostgresPoolClient["query"], release: (error) => client.release(error) };
}
