import { Button, Group, Stack, Text } from "@mantine/core";
import { IconEraser, IconFileCertificate, IconFileText } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { PersonRequest } from "../../registers/requests/contract.ts";
import { useMay, useRightsPurpose } from "../session/me.ts";
import { useWords } from "../words/words.tsx";
import { CaseCard } from "./CaseCard.tsx";
import { CaseStep } from "./CaseStep.tsx";

/** What the registers hold of the person, and the page on which this right is carried out. */
export function CaseHeld({ request }: { request: PersonRequest }) {
  const { t, moment } = useWords();
  const may = useMay();
  const answering = useRightsPurpose();
  const { id, right, state, customerId, identityMethod, packageAt, erasedAt } = request;
  const collects = right === "access" || right === "portability";
  const erases = right === "erasure" || right === "objection" || right === "withdrawal";
  const did = (collects ? packageAt : right === "erasure" ? erasedAt : identityMethod) !== null;
  if (identityMethod === null)
    return state === "answered" || state === "closed" ? null : (
      <CaseStep title={t("case.held")} state="later">
        <Text c="dimmed" size="sm">
          {t("case.heldLater")}
        </Text>
      </CaseStep>
    );
  const nobody = customerId === null;
  const open = state === "identified";
  const seesCards = answering !== undefined || may("read customers");
  const ways = (
    <>
      {customerId !== null && open && may("right access") && (collects || right === "rectification") && (
        <Button
          variant={packageAt || !collects ? "default" : "filled"}
          leftSection={<IconFileText size={17} aria-hidden />}
          renderRoot={(props) => (
            <Link {...props} to="/requests/$id/access" params={{ id: customerId }} search={{ of: id }} />
          )}
        >
          {t(packageAt ? "case.collectAgain" : "case.collect")}
        </Button>
      )}
      {customerId !== null && open && may("right erasure") && erases && (
        <Button
          variant={right === "erasure" && !erasedAt ? "filled" : "default"}
          leftSection={<IconEraser size={17} aria-hidden />}
          renderRoot={(props) => (
            <Link {...props} to="/requests/$id/erasure" params={{ id: customerId }} search={{ of: id }} />
          )}
        >
          {t("case.erase")}
        </Button>
      )}
      {erasedAt && may("keeps retention read") && (
        <Button
          variant="default"
          leftSection={<IconFileCertificate size={17} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/certificates" search={{ subject: request.subjectId }} />}
        >
          {t("case.certificate")}
        </Button>
      )}
    </>
  );
  return (
    <CaseStep title={t("case.held")} state={did || nobody || !open ? "done" : "now"}>
      <Stack gap="sm">
        {nobody && <Text size="sm">{t(erasedAt ? "case.heldGone" : "case.heldNobody")}</Text>}
        {packageAt && (
          <Text size="sm" className="num">
            {t("case.collected", { moment: moment(packageAt) })}
          </Text>
        )}
        {erasedAt && (
          <Text size="sm" className="num">
            {t("case.erased", { moment: moment(erasedAt) })}
          </Text>
        )}
        {customerId !== null && seesCards ? (
          <CaseCard customerId={customerId} of={id}>
            {ways}
          </CaseCard>
        ) : (
          <Group gap="xs">{ways}</Group>
        )}
      </Stack>
    </CaseStep>
  );
}
