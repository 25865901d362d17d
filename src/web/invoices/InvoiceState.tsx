import { Badge } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconClock, IconClockExclamation } from "@tabler/icons-react";
import type { InvoiceLine } from "../../registers/invoices/contract.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { useWords } from "../words/words.tsx";

type Props = { invoice: Pick<InvoiceLine, "paidOn" | "dueOn" | "missing"> };

/** Where an invoice stands; what may not be sent is told before anything else. */
export function InvoiceState({ invoice: { paidOn, dueOn, missing } }: Props) {
  const { t, day } = useWords();
  const late = dueOn < dayInHelsinki(new Date());
  const [color, Icon, words] =
    paidOn !== null
      ? (["spruce", IconCheck, t("invoice.paidOnDay", { day: day(paidOn) })] as const)
      : missing.length > 0
        ? (["amber", IconAlertTriangle, t("invoice.incomplete")] as const)
        : late
          ? (["red", IconClockExclamation, t("invoice.late")] as const)
          : (["gray", IconClock, t("invoice.open")] as const);
  return (
    <Badge variant="light" color={color} radius="sm" tt="none" fw={600} leftSection={<Icon size={13} aria-hidden />}>
      {words}
    </Badge>
  );
}
