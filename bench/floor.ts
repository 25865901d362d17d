// The floor: a bare node:http + pg server on plain rows, in a PostgreSQL like ours, answering the same requests with none of our duties:
// no sign-in, no policy, no log, no sealing. node bench/floor.ts FOLDER CUSTOMERS; prints its address when ready.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { startPostgres } from "../src/db/supervisor.ts";
import { customerAt, type MadeUp } from "../src/test/people.ts";
import { newId } from "../src/values/Uuid.ts";

const [folder = "", customers = "0"] = process.argv.slice(2);
const postgres = await startPostgres({ dataDir: folder, log: () => undefined });
const superuser = new pg.Client("url" in postgres.superuser ? postgres.superuser.url : postgres.superuser);
await superuser.connect();
await superuser.query("create extension pg_trgm");
await superuser.end();

const owner = "url" in postgres.owner ? { connectionString: postgres.owner.url } : postgres.owner;
/** As many as ours has for the same work. */
const pool = new pg.Pool({ ...owner, max: 12 });
pool.on("error", () => undefined);
await pool.query(`
  create table customer (id uuid primary key, kind text not null, name text not null, email text, phone text, street text, postal_code text,
    town text, country text, source text not null, created_at timestamptz not null, created_by text not null);
  create index customer_name on customer using gin (name gin_trgm_ops) with (fastupdate = off);
  create table customer_order (id uuid primary key, customer_id uuid not null, created_at timestamptz not null, total_cents bigint not null, delivered_on date);
  create table order_line (order_id uuid not null, line integer not null, description text not null, quantity numeric not null, unit_price_cents bigint not null,
    vat_class text not null, primary key (order_id, line));
  create table invoice (id uuid primary key, number text not null unique, order_id uuid not null unique, customer_id uuid not null, name text not null,
    issued_on date not null, net_cents bigint not null, vat_cents bigint not null, total_cents bigint not null, lines jsonb not null);
  create table series (year integer primary key, next_number integer not null);`);
await load(Number(customers));

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => send(response, 500, { error: String(error) }));
});
server.keepAliveTimeout = 72_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`Floor: http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    server.closeAllConnections();
    void pool
      .end()
      .then(() => postgres.stop())
      .finally(() => process.exit(0));
  });

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "", "http://floor");
  const parts = url.pathname.split("/").slice(2);
  const [what = "", id, more] = parts;
  const body = request.method === "POST" ? await bodyOf(request) : {};
  if (what === "ids")
    return send(
      response,
      200,
      (await pool.query("select id from customer")).rows.map((row) => row.id),
    );
  if (what === "customers" && request.method === "POST") return send(response, 201, await addCustomer(body as MadeUp));
  if (what === "customers" && id === undefined)
    return send(response, 200, { items: await search(url.searchParams.get("search") ?? "") });
  if (what === "customers") {
    const { rows } = await pool.query("select * from customer where id = $1", [id]);
    return send(response, rows.length === 0 ? 404 : 200, rows[0]);
  }
  if (what === "orders" && id === undefined) return send(response, 201, await addOrder(body as NewOrder));
  if (more === "delivery") {
    const { day } = body as { day: string };
    await pool.query("update customer_order set delivered_on = $2 where id = $1", [id, day]);
    return send(response, 200, { id });
  }
  if (more === "invoice") return send(response, 201, await invoice(id ?? ""));
  return send(response, 404, {});
}

async function search(text: string) {
  const found = await pool.query(
    `select * from (select id, kind, name, email, phone, town from customer where name ilike '%' || $1 || '%' limit 50) hits order by name`,
    [text],
  );
  return found.rows;
}

async function addCustomer({ kind, name, email, phone, billingAddress, source }: MadeUp): Promise<{ id: string }> {
  const id = newId();
  const { street, postalCode, town, country } = billingAddress;
  await pool.query("insert into customer values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", [
    ...[id, kind, name, email, phone, street, postalCode, town, country, source, new Date(), "floor"],
  ]);
  return { id };
}

type NewOrder = {
  customerId: string;
  lines: { description: string; quantity: number; unitPriceCents: number; vatClass: string }[];
};

async function addOrder({ customerId, lines }: NewOrder): Promise<{ id: string }> {
  const id = newId();
  const total = lines.reduce((sum, one) => sum + Math.round(one.quantity * one.unitPriceCents), 0);
  return transaction(async (client) => {
    await client.query("insert into customer_order values ($1, $2, now(), $3, null)", [id, customerId, total]);
    await client.query(
      `insert into order_line select $1, ordinality, description, quantity, "unitPriceCents", "vatClass"
       from rows from (jsonb_to_recordset($2) as (description text, quantity numeric, "unitPriceCents" bigint, "vatClass" text)) with ordinality`,
      [id, JSON.stringify(lines)],
    );
    return { id };
  });
}

async function invoice(orderId: string): Promise<{ id: string; number: string }> {
  return transaction(async (client) => {
    const { rows } = await client.query(
      `select o.customer_id, o.total_cents, c.name, (select jsonb_agg(to_jsonb(l)) from order_line l where l.order_id = o.id) as lines
       from customer_order o join customer c on c.id = o.customer_id where o.id = $1 for update of o`,
      [orderId],
    );
    const year = new Date().getFullYear();
    const series = await client.query(
      "insert into series values ($1, 2) on conflict (year) do update set next_number = series.next_number + 1 returning next_number - 1 as number",
      [year],
    );
    const number = `${year}${String(series.rows[0].number).padStart(6, "0")}`;
    const id = newId();
    const net = Number(rows[0].total_cents);
    const vat = Math.round(net * 0.255);
    await client.query("insert into invoice values ($1, $2, $3, $4, $5, now(), $6, $7, $8, $9)", [
      ...[id, number, orderId, rows[0].customer_id, rows[0].name, net, vat, net + vat, JSON.stringify(rows[0].lines)],
    ]);
    return { id, number };
  });
}

async function transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const answered = await work(client);
    await client.query("commit");
    return answered;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

async function load(count: number): Promise<void> {
  const batch = 1000;
  for (let from = 0; from < count; from += batch) {
    const rows = Array.from({ length: Math.min(batch, count - from) }, (_, n) => {
      const { billingAddress, ...rest } = customerAt(from + n);
      return { id: newId(), ...rest, ...billingAddress };
    });
    await pool.query(
      `insert into customer select id, kind, name, email, phone, street, "postalCode", town, country, source, now(), 'floor'
       from jsonb_to_recordset($1) as r(id uuid, kind text, name text, email text, phone text, street text, "postalCode" text, town text, country text, source text)`,
      [JSON.stringify(rows)],
    );
  }
  await pool.query("analyze");
}

async function bodyOf(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}
