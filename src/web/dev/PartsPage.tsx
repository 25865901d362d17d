import "./dev.css";
import { useComputedColorScheme } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ComponentType } from "react";
import { Page } from "../ui/Page.tsx";
import { Section } from "../ui/Section.tsx";
import { Actions } from "./Actions.tsx";
import { Answers } from "./Answers.tsx";
import { Fields, OwnFields } from "./Fields.tsx";
import { Marks } from "./Marks.tsx";
import { InScheme } from "./Specimen.tsx";
import { Tables } from "./Tables.tsx";
import { Values } from "./Values.tsx";

const groups: readonly [string, ComponentType][] = [
  ["Marks", Marks],
  ["Answers", Answers],
  ["Values", Values],
  ["Tables", Tables],
  ["Fields", Fields],
  ["Fields of our own", OwnFields],
  ["Actions", Actions],
];

/** Every part in every state, dark beside light (in a dark page dark alone): for whoever makes pages. In no production build. */
export function PartsPage() {
  const scheme = useComputedColorScheme("light");
  const forced = useMediaQuery("(forced-colors: active)");
  // The library has dark inside light, not light inside dark; and whose computer chooses the colours has one scheme.
  const schemes = scheme === "light" && !forced ? (["light", "dark"] as const) : [scheme];
  return (
    <Page title="Parts" lead="Every part of src/web/ui in every state, dark beside light.">
      {groups.map(([title, Group]) => (
        <Section key={title} title={title}>
          <div className="schemes">
            {schemes.map((each) => (
              <InScheme key={each} scheme={each}>
                <Group />
              </InScheme>
            ))}
          </div>
        </Section>
      ))}
    </Page>
  );
}
