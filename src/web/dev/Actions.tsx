import { ActionIcon, Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { ProblemError } from "../../api/call.ts";
import { BulkDialog } from "../ui/BulkDialog.tsx";
import { DownloadLink } from "../ui/DownloadLink.tsx";
import { PrintLink } from "../ui/PrintLink.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";
import { Specimen } from "./Specimen.tsx";

const variants = ["filled", "light", "default", "subtle"] as const;
const lost = new ProblemError({ code: "serverLost", status: 0, facts: {} });

/** What is pressed. */
export function Actions() {
  const { t } = useWords();
  return (
    <>
      {variants.map((variant) => (
        <Specimen key={variant} name={`Button, ${variant}`}>
          <Group gap="xs">
            <Button variant={variant}>{t("save")}</Button>
            <Button variant={variant} leftSection={<IconPlus size={17} aria-hidden />}>
              {t("customers.new")}
            </Button>
            <Button variant={variant} loading>
              {t("save")}
            </Button>
            <Button variant={variant} disabled>
              {t("save")}
            </Button>
            <Button variant={variant} color="red">
              {t("remove")}
            </Button>
            <Button variant={variant} size="xs">
              {t("cancel")}
            </Button>
          </Group>
        </Specimen>
      ))}
      <Specimen name="Button, a long word where there is no room">
        <Button maw={180}>{t("missing.vatRegistered")}</Button>
      </Specimen>
      <Specimen name="ActionIcon">
        <Group gap="xs">
          {variants.map((variant) => (
            <ActionIcon key={variant} variant={variant} aria-label={`${t("edit")} ${variant}`}>
              <IconPencil size={16} aria-hidden />
            </ActionIcon>
          ))}
        </Group>
      </Specimen>
      <Specimen name="DownloadLink, PrintLink">
        <Group gap="xs">
          <DownloadLink href="/labels?language=en" file="labels.json">
            JSON
          </DownloadLink>
          <PrintLink path="/labels" params={{}} />
        </Group>
      </Specimen>
      <Specimen name="BulkDialog">
        <Bulk />
      </Specimen>
      <Specimen name="ReasonDialog">
        <Group gap="xs">
          <Dialog name="asks" />
          <Dialog name="asks why" reasonLabel={t("identity.reason")} />
          <Dialog name="danger, failed" danger problem={lost} />
          <Dialog name="busy" busy />
        </Group>
      </Specimen>
    </>
  );
}

/** Of three things one can be done, one is refused when it is done, and of one it is known before that it will not be. */
function Bulk() {
  const [opened, { open, close }] = useDisclosure();
  const rows = ["a", "b", "c"].map((key) => ({ key, what: key, amount: "1" }));
  const look = (key: string) => Promise.resolve({ will: key !== "c", text: key });
  const act = (key: string) => (key === "b" ? Promise.reject<string>(lost) : Promise.resolve(key));
  return (
    <>
      <Button variant="default" onClick={open}>
        many
      </Button>
      {opened && <BulkDialog title="many" rows={rows} onClose={close} confirm="do" look={look} act={act} />}
    </>
  );
}

type DialogProps = { name: string; reasonLabel?: string; danger?: boolean; busy?: boolean; problem?: Error };

function Dialog({ name, busy = false, problem, ...rest }: DialogProps) {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {name}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={name}
        confirm={t("save")}
        busy={busy}
        problem={problem ?? null}
        onConfirm={close}
        {...rest}
      >
        {t("erasure.sureText")}
      </ReasonDialog>
    </>
  );
}
