import { Button, Text } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { startOutsideLink } from "../../channels/oidc/contract.ts";
import { readSignInOffers, removeOutside, type Ways } from "../../registers/staff/signIn/contract.ts";
import { withProof } from "../session/proof.ts";
import { useAct } from "../session/server.ts";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { RemoveWay } from "./RemoveWay.tsx";

type Line = Ways["outside"][number];

/** The company's own sign-in service, where there is one or there has been. */
export function OutsideWays({ ways: { outside } }: { ways: Ways }) {
  const { t, dayOfMoment } = useWords();
  const offers = useQuery({ queryKey: ["sign-in"], queryFn: () => call(readSignInOffers, {}) });
  const [gone, remove] = useState<Line | null>(null);
  const removal = useAct(removeOutside);
  const link = useMutation({
    mutationFn: () => withProof(() => call(startOutsideLink, {})),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const service = offers.data?.outside;
  if (!service && outside.length === 0) return null;
  const columns: Column<Line>[] = [
    { head: t("outside.name"), cell: ({ name }) => <b>{name}</b> },
    { head: t("outside.issuer"), cell: ({ issuer }) => issuer },
    { head: t("outside.since"), cell: ({ createdAt }) => <span className="num">{dayOfMoment(createdAt)}</span> },
    {
      head: t("account.deeds"),
      align: "end",
      cell: (line) => (
        <Button size="compact-sm" variant="default" onClick={() => remove(line)}>
          {t("remove")}
        </Button>
      ),
    },
  ];
  return (
    <Section
      title={service?.label ?? t("outside.title")}
      actions={
        service && (
          <Button
            variant="default"
            leftSection={<IconLink size={17} aria-hidden />}
            loading={link.isPending}
            onClick={() => link.mutate()}
          >
            {t("outside.link")}
          </Button>
        )
      }
    >
      <ProblemAlert problem={link.error} />
      {outside.length > 0 ? (
        <DataTable label={t("outside.title")} columns={columns} rows={outside} keyOf={({ id }) => id} />
      ) : (
        <Text size="sm" c="dimmed">
          {t("outside.none")}
        </Text>
      )}
      {gone && (
        <RemoveWay
          title={t("outside.removeOf", { name: gone.name })}
          removal={removal}
          remove={() => removal.mutate({ params: { id: gone.id } }, { onSuccess: () => remove(null) })}
          onClose={() => remove(null)}
        />
      )}
    </Section>
  );
}
