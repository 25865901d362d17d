import { Popover, Text } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import type { Origin } from "../../registers/customers/contract.ts";
import { useActorName } from "../session/actorName.ts";
import { useLabels } from "../session/labels.ts";
import { useWords } from "../words/words.tsx";
import { Facts } from "./Facts.tsx";

/** A value that tells where it came from: on hover, on focus with Enter, and on touch. Escape closes. */
export function OriginValue({
  origin,
  category,
  children,
}: {
  origin: Origin | undefined;
  category: string;
  children: ReactNode;
}) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const [pinned, setPinned] = useState(false);
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (!origin) return <span>{children}</span>;
  const hover = {
    onPointerEnter: (event: { pointerType: string }) => {
      if (event.pointerType !== "mouse") return;
      clearTimeout(closing.current);
      setOpened(true);
    },
    onPointerLeave: (event: { pointerType: string }) => {
      // Time to reach the card itself with the pointer, to copy from it.
      if (event.pointerType === "mouse") closing.current = setTimeout(() => setOpened(false), 180);
    },
  };
  const close = () => {
    setOpened(false);
    setPinned(false);
  };
  return (
    <Popover
      opened={opened || pinned}
      onDismiss={close}
      position="bottom-start"
      width={340}
      shadow="md"
      withRoles={false}
      withinPortal={false}
    >
      <Popover.Target>
        <button
          type="button"
          className="origin"
          aria-expanded={opened || pinned}
          aria-description={t("origin.hint")}
          onClick={() => (pinned ? close() : setPinned(true))}
          onKeyDown={(event) => event.key === "Escape" && close()}
          {...hover}
        >
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown {...hover} maw="calc(100vw - 24px)" role="note" aria-label={t("origin.title", { category })}>
        <OriginCard origin={origin} category={category} />
      </Popover.Dropdown>
    </Popover>
  );
}

function OriginCard({ origin, category }: { origin: Origin; category: string }) {
  const { t, day, moment } = useWords();
  const labels = useLabels();
  const nameOf = useActorName();
  const until = origin.keepUntil ? t("origin.until", { day: day(origin.keepUntil) }) : t("origin.untilEvent");
  return (
    <>
      <Text fw={650} size="sm" mb={6}>
        {t("origin.title", { category })}
      </Text>
      <Facts
        tight
        facts={[
          { term: t("origin.source"), value: labels.source(origin.source) },
          { term: t("origin.at"), value: moment(origin.at) },
          { term: t("origin.by"), value: nameOf(origin.by, origin.byName) },
          { term: t("origin.purpose"), value: labels.purpose(origin.purpose) },
          { term: t("origin.basis"), value: basisWord(t, origin.basis) },
          ...(origin.ground ? [{ term: t("origin.ground"), value: groundWord(t, origin.ground) }] : []),
          { term: t("origin.keepUntil"), value: until },
        ]}
      />
    </>
  );
}

type T = ReturnType<typeof useWords>["t"];
const bases = ["consent", "contract", "legalObligation", "vitalInterest", "publicTask", "legitimateInterest"] as const;
/** A legal basis (GDPR Art. 6(1)) in words. */
export function basisWord(t: T, basis: string): string {
  const known = bases.find((each) => each === basis);
  return known ? t(`basis.${known}`) : basis;
}

const grounds = ["credit", "collection", "rental", "statutoryTask", "rightsAndObligations", "consent"] as const;
/** A ground of section 29 of the Data Protection Act in words. */
export function groundWord(t: T, ground: string): string {
  const known = grounds.find((each) => each === ground);
  return known ? t(`ground29.${known}`) : ground;
}
