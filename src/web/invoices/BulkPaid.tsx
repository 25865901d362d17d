import { useState } from "react";
import { call } from "../../api/call.ts";
import { type InvoiceLine, markPaid } from "../../registers/invoices/contract.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import { usePurpose } from "../session/purpose.ts";
import { BulkDialog } from "../ui/BulkDialog.tsx";
import type { Foretold } from "../ui/bulk.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { useWords } from "../words/words.tsx";

/** Writes down for many invoices the day on which the whole sum came. */
export function BulkPaid({ invoices, onClose }: { invoices: readonly InvoiceLine[]; onClose: () => void }) {
  const { t, money, day: shown } = useWords();
  const purpose = usePurpose();
  const [day, setDay] = useState<Day | null>(dayInHelsinki(new Date()));
  const look = async (id: string): Promise<Foretold> => {
    const invoice = invoices.find((one) => one.id === id);
    const paidOn = invoice?.paidOn ?? null;
    if (day === null) return { will: false, text: t("field.required") };
    if (day > dayInHelsinki(new Date())) return { will: false, text: t("bulk.futureDay") };
    if (paidOn !== null) return { will: false, text: t("bulk.paidAlready", { day: shown(paidOn) }) };
    return { will: true, text: t("bulk.willBePaid", { day: shown(day) }) };
  };
  const act = async (id: string, once: string): Promise<string> => {
    const { paidOn } = await call(
      markPaid,
      { params: { id }, body: { day: day ?? "" } },
      { purpose, idempotencyKey: once },
    );
    return t("invoice.paidOnDay", { day: shown(paidOn) });
  };
  return (
    <BulkDialog
      title={t("invoice.markPaid")}
      confirm={t("invoice.markPaid")}
      onClose={onClose}
      rows={invoices.map(({ id, number, buyerName, totalCents }) => ({
        key: id,
        what: [number, buyerName].filter(Boolean).join(" · "),
        amount: money(totalCents),
      }))}
      look={look}
      about={day ?? ""}
      ready={day !== null}
      act={act}
    >
      <DayField label={t("invoice.paidOn")} value={day} onChange={setDay} maw={220} data-autofocus />
    </BulkDialog>
  );
}
