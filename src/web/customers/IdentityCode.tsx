import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEye, IconPlus } from "@tabler/icons-react";
import { type FormEvent, useEffect, useState } from "react";
import { type Customer, changeCustomer, revealIdentityCode } from "../../registers/customers/contract.ts";
import { maskPersonalIdentityCode } from "../../values/PersonalIdentityCode.ts";
import { useLabels } from "../session/labels.ts";
import { useAct } from "../session/server.ts";
import { IdentityCodeField } from "../ui/fields/IdentityCodeField.tsx";
import { OriginValue } from "../ui/OriginValue.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { Secret } from "../ui/Secret.tsx";
import { useWords } from "../words/words.tsx";
import { sectionGround } from "./draft.ts";
import { SourceField, useSource } from "./SourceField.tsx";

/** Shown once for this long, then masked again. */
const SHOWN_MS = 30_000;

type Props = { customer: Customer; category: string; held: boolean; mayChange: boolean };

/** The personal identity code: masked until somebody says why they must see it. */
export function IdentityCode({ customer, category, held, mayChange }: Props) {
  const { t } = useWords();
  const labels = useLabels();
  const label = labels.category(category);
  const [asking, { open, close }] = useDisclosure();
  const [adding, add] = useDisclosure();
  const [code, setCode] = useState<string | null>(null);
  const masked = maskPersonalIdentityCode("");
  const reveal = useAct(revealIdentityCode);
  useEffect(() => {
    if (code === null) return;
    const timer = setTimeout(() => setCode(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [code]);
  const show = (reason: string) =>
    reveal.mutate(
      { params: { id: customer.id }, body: { reason } },
      {
        onSuccess: ({ personalIdentityCode }) => {
          setCode(personalIdentityCode);
          close();
          // Nothing of it stays in memory longer than on the screen.
          reveal.reset();
        },
      },
    );
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {held ? (
          <Group gap="xs" justify="space-between">
            <OriginValue origin={customer.origins[category]} category={label}>
              <span className="num">{code === null ? masked : <Secret mask={masked}>{code}</Secret>}</span>
            </OriginValue>
            {code === null ? (
              <Button size="compact-xs" variant="light" leftSection={<IconEye size={14} aria-hidden />} onClick={open}>
                {t("identity.show")}
              </Button>
            ) : (
              <Button size="compact-xs" variant="default" onClick={() => setCode(null)}>
                {t("identity.hide")}
              </Button>
            )}
          </Group>
        ) : adding ? (
          <AddCode customer={customer} onDone={add.close} />
        ) : (
          <Group gap="xs" justify="space-between">
            <Text span size="sm" c="dimmed">
              {t("customer.noValue")}
            </Text>
            {mayChange && (
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconPlus size={14} aria-hidden />}
                onClick={add.open}
              >
                {t("identity.add")}
              </Button>
            )}
          </Group>
        )}
        <ReasonDialog
          opened={asking}
          onClose={close}
          title={t("identity.show")}
          reasonLabel={t("identity.reason")}
          confirm={t("identity.show")}
          busy={reveal.isPending}
          problem={reveal.error}
          onConfirm={show}
        >
          {t("identity.explain")}
        </ReasonDialog>
      </dd>
    </div>
  );
}

function AddCode({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct(changeCustomer);
  const [draft, setDraft] = useState({ code: "", ground: "" });
  const [tried, setTried] = useState(false);
  const [source, setSource] = useSource();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const ground = sectionGround(draft.ground);
    if (draft.code.trim() === "" || !ground) return;
    const body = { source, personalIdentityCode: draft.code.trim(), personalIdentityCodeGround: ground };
    act.mutate({ params: { id: customer.id }, body }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={460}>
        <IdentityCodeField value={draft} onChange={setDraft} tried={tried} />
        <SourceField value={source} onChange={setSource} />
        <ProblemAlert problem={act.error} typed />
        <Group gap="xs">
          <Button size="xs" type="submit" loading={act.isPending}>
            {t("save")}
          </Button>
          <Button size="xs" variant="default" onClick={onDone}>
            {t("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
