import { Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { ErasureGround } from "../../description/terms.ts";
import { readCustomer } from "../../registers/customers/contract.ts";
import type { PersonRequest } from "../../registers/requests/contract.ts";
import { type ErasureDecision, previewErasure } from "../../rights/contract.ts";
import { useMay, useRightsPurpose } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";
import { Remains, stays } from "./Remains.tsx";

/** After an erasure: what still stays, which the law counts as a part refused (GDPR Art. 12(4), 17(3)), with the reasons computed from the data as it is now. */
export function CaseRemains({ remains }: { remains: readonly ErasureDecision[] }) {
  const { t } = useWords();
  if (remains.length === 0) return null;
  return (
    <Notice tone="note" icon={IconLock} title={t("case.remains")}>
      <Text size="sm" mb="xs">
        {t("case.remainsText")}
      </Text>
      <Remains decisions={remains} />
    </Notice>
  );
}

/** Nothing before an erasure, and to who may not see it. */
export function useCaseRemains({ right, erasedAt, customerId }: PersonRequest): ErasureDecision[] {
  const { language } = useWords();
  const may = useMay();
  const answering = useRightsPurpose();
  const params = { id: customerId ?? "" };
  const looks = right === "erasure" && erasedAt !== null && customerId !== null && may("right erasure");
  const card = useAsk(
    readCustomer,
    { params },
    { staleTime: 300_000, purpose: answering, enabled: looks && answering !== undefined },
  );
  // The ground that was chosen stands with the restriction; where nothing was restricted, what stays by law stays on every ground.
  const ground = ErasureGround.options.find((one) => one === card.data?.restricted?.ground) ?? "noLongerNeeded";
  const preview = useAsk(
    previewErasure,
    { params, query: { language }, body: { ground } },
    { enabled: looks && (answering === undefined || !card.isPending), staleTime: 300_000 },
  );
  return (looks && preview.data?.decisions.filter(stays)) || [];
}
