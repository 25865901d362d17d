import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { type Invoice, markPaid } from "../../registers/invoices/contract.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import { useAct } from "../session/server.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

/** Writes down the day on which the whole sum came. */
export function MarkPaid({ invoice: { id, number, totalCents } }: { invoice: Invoice }) {
  const { t, money } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const [day, setDay] = useState<Day | null>(dayInHelsinki(new Date()));
  const act = useAct(markPaid);
  return (
    <>
      <Button leftSection={<IconCheck size={17} aria-hidden />} onClick={open}>
        {t("invoice.markPaid")}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("invoice.markPaid")}
        confirm={t("save")}
        busy={act.isPending}
        problem={act.error}
        onConfirm={() => day && act.mutate({ params: { id }, body: { day } }, { onSuccess: close })}
      >
        <p style={{ marginTop: 0 }}>{t("invoice.markPaidText", { number, total: money(totalCents) })}</p>
        <DayField
          label={t("invoice.paidOn")}
          value={day}
          onChange={setDay}
          error={day ? undefined : t("field.required")}
          data-autofocus
        />
      </ReasonDialog>
    </>
  );
}
