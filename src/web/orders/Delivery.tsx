import { Button, Group, Text } from "@mantine/core";
import { IconTruckDelivery } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { acceptDelivery } from "../../registers/customers/contract.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import { categoryOf } from "../customers/draft.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { WhyNot } from "../why/WhyNot.tsx";
import { useWords } from "../words/words.tsx";

/** The day the customer accepted the delivery: the warranty starts, and invoicing may follow. */
export function Delivery({ order: { id } }: { order: { id: string } }) {
  const { t } = useWords();
  const may = useMay();
  const { labels } = useLabels();
  const act = useAct(acceptDelivery);
  const [day, setDay] = useState<Day | null>(dayInHelsinki(new Date()));
  const [tried, setTried] = useState(false);
  if (!may(`collect customers ${categoryOf(labels, "orders")}`)) {
    return (
      <Group gap={4}>
        <Text size="sm" c="dimmed">
          {t("order.notDelivered")}
        </Text>
        <WhyNot act={`collect customers ${categoryOf(labels, "orders")}`} about={t("order.accept")} />
      </Group>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (day) act.mutate({ params: { id }, body: { day } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Text size="sm" c="dimmed" mb="sm">
        {t("order.deliveryHelp")}
      </Text>
      <Group align="flex-start" gap="sm">
        <DayField
          aria-label={t("order.deliveredOn")}
          value={day}
          onChange={setDay}
          error={tried && !day ? t("field.required") : undefined}
          w={180}
        />
        <Button type="submit" loading={act.isPending} leftSection={<IconTruckDelivery size={17} aria-hidden />}>
          {t("order.accept")}
        </Button>
      </Group>
      <ProblemAlert problem={act.error} typed />
    </form>
  );
}
