import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEraser } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { ErasureGround } from "../../description/terms.ts";
import { eraseSubject, previewErasure } from "../../rights/contract.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Page } from "../ui/Page.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { ConsentsEnding } from "./ConsentsEnding.tsx";
import { Decisions } from "./Decisions.tsx";
import { ErasureResult } from "./ErasureResult.tsx";
import { GroundChoice } from "./GroundChoice.tsx";
import { useSubjectName } from "./useSubjectName.ts";

const route = getRouteApi("/inside/requests/$id/erasure");

/** An erasure request (GDPR Art. 17): the ground, what would happen, and only then the deed. */
export function ErasurePage() {
  const { t, language } = useWords();
  const { id } = route.useParams();
  const { of } = route.useSearch();
  const name = useSubjectName(id);
  const [ground, setGround] = useState<ErasureGround | null>(null);
  const [opened, { open, close }] = useDisclosure();
  const act = useAct(eraseSubject);
  const preview = useAsk(
    previewErasure,
    { params: { id }, query: { language }, body: { ground: ground ?? "noLongerNeeded" } },
    { enabled: ground !== null && !act.isSuccess, staleTime: 0 },
  );
  const shown = ground !== null && preview.data;
  const nothing = shown && shown.decisions.length + shown.consentsEnding.length === 0;
  return (
    <Page
      title={t("erasure.of", { name })}
      tab={t("erasure.title")}
      lead={act.isSuccess ? t("erasure.doneLead") : t("erasure.lead")}
      back={
        of
          ? { to: "/requests/case/$id", params: { id: of }, label: t("case.backToCase") }
          : { to: "/requests/$id", params: { id }, label: t("requests.backToChoice") }
      }
    >
      {act.isSuccess ? (
        <ErasureResult id={id} result={act.data} />
      ) : (
        <>
          <Section title={t("erasure.ground")}>
            <GroundChoice value={ground} onChange={setGround} />
          </Section>
          {ground !== null && (
            <Section title={t("erasure.preview")}>
              <Asked answer={preview}>
                {({ decisions, consentsEnding }) => (
                  <>
                    <Text size="sm" c="dimmed" mb="sm">
                      {nothing ? t("erasure.nothing") : t("erasure.previewText")}
                    </Text>
                    <ConsentsEnding consents={consentsEnding} word="erasure.consentEnds" />
                    {decisions.length > 0 && <Decisions decisions={decisions} />}
                  </>
                )}
              </Asked>
              {shown && !nothing && (
                <Button
                  mt="lg"
                  color="red"
                  leftSection={<IconEraser size={17} aria-hidden />}
                  onClick={open}
                  disabled={preview.isFetching}
                >
                  {t("erasure.carryOut")}
                </Button>
              )}
            </Section>
          )}
        </>
      )}
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("erasure.sure")}
        confirm={t("erasure.carryOut")}
        danger
        busy={act.isPending}
        problem={act.error}
        onConfirm={() =>
          ground && act.mutate({ params: { id }, query: { language }, body: { ground } }, { onSuccess: close })
        }
      >
        {t("erasure.sureText")}
      </ReasonDialog>
    </Page>
  );
}
