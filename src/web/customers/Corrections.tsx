import { Alert, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMessageReport } from "@tabler/icons-react";
import {
  acceptCorrection,
  type Correction,
  readCorrections,
  refuseCorrection,
} from "../../registers/customers/corrections/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct, useAsk } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

/** What the customer says on their own card that should be otherwise; nothing where nothing waits. */
export function Corrections({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const { data } = useAsk(readCorrections, { params: { id: customerId } });
  if (!data || data.items.length === 0) return null;
  return (
    <Alert color="amber" icon={<IconMessageReport size={20} aria-hidden />} title={t("corrections.title")} mb="xl">
      <Text size="sm">{t("corrections.text")}</Text>
      <ul className="permissions">
        {data.items.map((one) => (
          <Line key={one.id} correction={one} />
        ))}
      </ul>
    </Alert>
  );
}

function Line({
  correction: { id: correction, customerId: id, category: of, now, proposed },
}: {
  correction: Correction;
}) {
  const { t } = useWords();
  const { category } = useLabels();
  const may = useMay();
  const [opened, { open, close }] = useDisclosure();
  const taking = useAct(acceptCorrection);
  const refusing = useAct(refuseCorrection);
  const params = { id, correction };
  return (
    <li>
      <span>
        {category(of)}
        <br />
        <small>
          {t("corrections.now")}: {now ?? t("corrections.none")}
        </small>
        <br />
        <strong>
          {t("corrections.proposed")}: {proposed}
        </strong>
        <ProblemAlert problem={taking.error} />
      </span>
      {may(`change customers ${of}`) && (
        <Group gap="xs">
          <Button
            size="compact-sm"
            loading={taking.isPending}
            aria-label={t("corrections.acceptOf", { category: category(of) })}
            onClick={() => taking.mutate({ params, body: { category: of } })}
          >
            {t("corrections.accept")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t("corrections.refuseOf", { category: category(of) })}
            onClick={open}
          >
            {t("corrections.refuse")}
          </Button>
        </Group>
      )}
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("corrections.refuseOf", { category: category(of) })}
        confirm={t("corrections.refuse")}
        reasonLabel={t("corrections.answer")}
        busy={refusing.isPending}
        problem={refusing.error}
        onConfirm={(answer) => refusing.mutate({ params, body: { category: of, answer } }, { onSuccess: close })}
      >
        {t("corrections.refuseText")}
      </ReasonDialog>
    </li>
  );
}
