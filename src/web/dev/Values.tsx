import { SimpleGrid } from "@mantine/core";
import type { Origin } from "../../registers/customers/contract.ts";
import { Command } from "../ui/Command.tsx";
import { Facts } from "../ui/Facts.tsx";
import { Figure } from "../ui/Figure.tsx";
import { OriginValue } from "../ui/OriginValue.tsx";
import { Secret } from "../ui/Secret.tsx";
import { Squares } from "../ui/Squares.tsx";
import { useWords } from "../words/words.tsx";
import { Specimen } from "./Specimen.tsx";

const origin: Origin = {
  source: "phone",
  at: "2026-01-15T08:30:00Z",
  by: "system:parts",
  purpose: "sales",
  basis: "contract",
  ground: null,
  rule: "warranty",
  keepUntil: "2031-01-15",
};

/** What is read: numbers, facts, values with their origin. */
export function Values() {
  const { t, money } = useWords();
  const facts = [
    { term: t("customer.phone"), value: "+358 50 000 7788" },
    { term: t("missing.vatRegistered"), value: t("erasure.sureText") },
    { term: t("customer.email"), value: `${"x".repeat(60)}@example.fi` },
  ];
  return (
    <>
      <Specimen name="Figure">
        <SimpleGrid cols={2}>
          <Figure term={t("backups.drills")} value="12 345" note={t("backups.noTargetText")} />
          <Figure term={t("invoice.total")} value={money(1_234_567)} />
        </SimpleGrid>
      </Specimen>
      <Specimen name="Facts">
        <Facts facts={facts} />
      </Specimen>
      <Specimen name="Facts tight">
        <Facts tight facts={facts.slice(0, 2)} />
      </Specimen>
      <Specimen name="OriginValue">
        <OriginValue origin={origin} category={t("customer.phone")}>
          +358 50 000 7788
        </OriginValue>
      </Specimen>
      <Specimen name="OriginValue, none known">
        <OriginValue origin={undefined} category={t("customer.phone")}>
          +358 50 000 7788
        </OriginValue>
      </Specimen>
      <Specimen name="Secret">
        <Secret mask="******-****">131052-308T</Secret>
      </Specimen>
      <Specimen name="Command">
        <Command>{`BACKUP_DIR=/mnt/copies BACKUP_SYSTEM=backupDisk npm start -- ${"long/".repeat(12)}`}</Command>
      </Specimen>
      <Specimen name="Squares">
        <Squares rows={["101", "010", "111"]} label={t("factor.code")} />
      </Specimen>
    </>
  );
}
