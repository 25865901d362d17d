import { Anchor, List } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Decider } from "../../registers/staff/why/contract.ts";
import { useLabels } from "../session/labels.ts";
import { Facts } from "../ui/Facts.tsx";
import { useWords } from "../words/words.tsx";
import "./why.css";

export type Told = {
  /** Absent where the sentence stands above already. */
  rule?: ReactNode;
  decider: (typeof Decider)["options"][number];
  /** Absent where a limit of safety refused: it stands in no description. */
  place?: string | undefined;
  /** File and line, for those who may read the description. */
  at?: string | null | undefined;
  /** Empty: nobody may. Absent: it is not a matter of roles. */
  roles?: readonly string[];
  purposes?: readonly string[];
  /** Only seeing is refused, not doing. */
  sees?: boolean;
  responsible: string | null;
};

/** Which rule, whose decision, where, whom to ask. The one part that draws it, wherever something is refused or hidden. */
export function WhyAnswer({ rule, decider, place, at, roles, purposes = [], sees, responsible }: Told) {
  const { t } = useWords();
  const { role, purpose } = useLabels();
  const may = roles?.map(role).join(", ");
  const whom = [
    ...(purposes.length > 0 ? [t("why.purposes", { purposes: purposes.map(purpose).join(", ") })] : []),
    ...(may === undefined || decider === "safetyLimit"
      ? []
      : [may === "" ? t("why.nobody") : t(sees ? "why.readers" : "why.roles", { roles: may })]),
    ...(responsible === null ? [] : [t("why.responsible", { name: responsible })]),
  ];
  return (
    <div className="why">
      <Facts
        tight
        facts={[
          ...(rule === undefined ? [] : [{ term: t("why.rule"), value: rule }]),
          { term: t("why.decider"), value: t(`why.decider.${decider}`) },
          ...(place === undefined ? [] : [{ term: t("why.place"), value: <Place place={place} at={at} /> }]),
          ...(whom.length === 0
            ? []
            : [
                {
                  term: t("why.whom"),
                  value: (
                    <List size="sm" listStyleType="none" withPadding={false}>
                      {whom.map((line) => (
                        <List.Item key={line}>{line}</List.Item>
                      ))}
                    </List>
                  ),
                },
              ]),
        ]}
      />
    </div>
  );
}

/** The element of the description; a way to it for those who may read it. */
function Place({ place, at }: { place: string; at: string | null | undefined }) {
  const { t } = useWords();
  if (!at) return <span className="place">{place}</span>;
  // Its name must have all of its words in it (WCAG 2.5.3): the line stands beside it.
  return (
    <span className="place">
      {at}{" "}
      <Anchor
        size="sm"
        renderRoot={(props) => <Link {...props} to="/description" hash={place} />}
        aria-label={t("why.open", { place })}
      >
        {place}
      </Anchor>
    </span>
  );
}
