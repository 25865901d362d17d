// What a restore could not tell: orders whose invoice was numbered after the moment that was restored. Somebody must still settle them.
import type { Everything } from "../gate/gate.ts";
import { PAGE, pages } from "./pages.ts";
import type { OutFile, Spools } from "./spool.ts";
import { type About, openTable } from "./table.ts";

const COLUMNS = [
  ...["orderId", "customerId", "flow", "number", "issuedOn", "foundAt", "settledAt", "settledBy"],
] as const;

export async function* uncertain(all: Everything, spools: Spools): AsyncGenerator<OutFile, About> {
  const table = await openTable(spools, "uncertain", COLUMNS);
  const after = (last: string | undefined) => {
    const query = all.of("invoices").selectFrom("uncertain_transfer").selectAll().orderBy("order_id").limit(PAGE);
    return (last === undefined ? query : query.where("order_id", ">", last)).execute();
  };
  for await (const some of pages<Awaited<ReturnType<typeof after>>[number]>((last) => after(last?.order_id)))
    for (const row of some) {
      const record = {
        ...{ orderId: row.order_id, customerId: row.subject_id, flow: row.flow, number: row.number },
        ...{ issuedOn: row.issued_on, foundAt: row.found_at.toISOString() },
        ...{ settledAt: row.settled_at?.toISOString() ?? null, settledBy: row.settled_by },
      };
      await table.add({ cells: Object.values(record), record });
    }
  const { files, about } = await table.end();
  yield* files;
  return about;
}
