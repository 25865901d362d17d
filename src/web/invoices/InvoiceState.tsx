import { IconAlertTriangle, IconCheck, IconClock, IconClockExclamation } from "@tabler/icons-react";
import type { InvoiceLine } from "../../registers/invoices/contract.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";

type Props = { invoice: Pick<InvoiceLine, "paidOn" | "dueOn" | "missing"> };

/** Where an invoice stands; what may not be sent is told before anything else. */
export function InvoiceState({ invoice: { paidOn, dueOn, missing } }: Props) {
  const { t, day } = useWords();
  const late = dueOn < dayInHelsinki(new Date());
  const [tone, Icon, words] =
    paidOn !== null
      ? (["good", IconCheck, t("invoice.paidOnDay", { day: day(paidOn) })] as const)
      : missing.length > 0
        ? (["attention", IconAlertTriangle, t("invoice.incomplete")] as const)
        : late
          ? (["trouble", IconClockExclamation, t("invoice.late")] as const)
          : (["plain", IconClock, t("invoice.open")] as const);
  return (
    <StateMark tone={tone} icon={Icon}>
      {words}
    </StateMark>
  );
}
