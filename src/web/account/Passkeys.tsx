import { Button, Group, Text } from "@mantine/core";
import { IconFingerprint, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/call.ts";
import {
  addPasskey,
  type Passkey,
  readSignInOffers,
  removePasskey,
  startPasskey,
  type Ways,
} from "../../registers/staff/signIn/contract.ts";
import { hasPasskeys, madePasskey } from "../session/passkey.ts";
import { withProof } from "../session/proof.ts";
import { useAct } from "../session/server.ts";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Empty } from "../ui/Empty.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { RemoveWay } from "./RemoveWay.tsx";
import { RenamePasskey } from "./RenamePasskey.tsx";

export function Passkeys({ ways: { passkeys } }: { ways: Ways }) {
  const { t, sentence, dayOfMoment, moment } = useWords();
  const client = useQueryClient();
  const [named, rename] = useState<Passkey | null>(null);
  const [gone, remove] = useState<Passkey | null>(null);
  const offers = useQuery({ queryKey: ["sign-in"], queryFn: () => call(readSignInOffers, {}) });
  const removal = useAct(removePasskey);
  const add = useMutation({
    mutationFn: async () => {
      const credential = await madePasskey(await withProof(() => call(startPasskey, {})));
      const label = t("passkey.numbered", { number: passkeys.length + 1 });
      return credential && call(addPasskey, { body: { credential, label } });
    },
    onSuccess: () => client.invalidateQueries(),
  });
  const not = offers.data?.passkeysNot ?? (hasPasskeys() ? null : "passkeysNeedHttps");
  const columns: Column<Passkey>[] = [
    { head: t("passkey.label"), cell: ({ label }) => <b>{label}</b> },
    { head: t("passkey.added"), cell: ({ createdAt }) => <span className="num">{dayOfMoment(createdAt)}</span> },
    {
      head: t("passkey.used"),
      cell: ({ usedAt }) => <span className="num">{usedAt ? moment(usedAt) : t("passkey.never")}</span>,
    },
    { head: t("passkey.where"), cell: ({ backedUp }) => t(backedUp ? "passkey.synced" : "passkey.oneDevice") },
    {
      head: t("account.deeds"),
      align: "end",
      cell: (passkey) => (
        <Group gap={6} justify="flex-end">
          <Button size="compact-sm" variant="default" onClick={() => rename(passkey)}>
            {t("passkey.rename")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => remove(passkey)}>
            {t("remove")}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Section
      title={t("passkeys.title")}
      actions={
        not === null && (
          <Button leftSection={<IconPlus size={17} aria-hidden />} loading={add.isPending} onClick={() => add.mutate()}>
            {t("passkey.add")}
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed" mb="sm" maw={620}>
        {not === null ? t("passkeys.text") : sentence("problems", not)}
      </Text>
      <ProblemAlert problem={add.error} />
      {passkeys.length > 0 && (
        <DataTable label={t("passkeys.title")} columns={columns} rows={passkeys} keyOf={({ id }) => id} />
      )}
      {passkeys.length === 0 && not === null && (
        <Empty icon={IconFingerprint} title={t("passkeys.none")}>
          {t("passkeys.noneText")}
        </Empty>
      )}
      {named && <RenamePasskey passkey={named} onClose={() => rename(null)} />}
      {gone && (
        <RemoveWay
          title={t("passkey.removeOf", { label: gone.label })}
          removal={removal}
          remove={() => removal.mutate({ params: { id: gone.id } }, { onSuccess: () => remove(null) })}
          onClose={() => remove(null)}
        />
      )}
    </Section>
  );
}
