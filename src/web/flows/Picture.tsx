import { createElement, type KeyboardEvent, type ReactNode, useMemo } from "react";
import type { PicturePart } from "../../proofs/picture/contract.ts";
import { useWords } from "../words/words.tsx";
import { type Drawn, named } from "./drawn.ts";

type Props = {
  drawing: Drawn;
  parts: readonly PicturePart[];
  label: string;
  chosen: string | null;
  /** What is looked at: chosen, under the pointer or in focus. */
  shown: string | null;
  /** `side`: where there is room to tell of it. */
  onChoose: (part: string, side: Side) => void;
  onLook: (part: string | null, side?: Side) => void;
};
export type Side = "left" | "right";

/** The other half of the picture. */
function roomBeside(thing: SVGGElement): Side {
  const whole = thing.ownerSVGElement?.getBoundingClientRect();
  const { left, width } = thing.getBoundingClientRect();
  return whole && left + width / 2 > whole.left + whole.width / 2 ? "left" : "right";
}

/** The server's drawing with every thing of it a button, in the order in which the picture is read. */
export function Picture({ drawing, parts, label, chosen, shown, onChoose, onLook }: Props) {
  const { t } = useWords();
  const byName = useMemo(() => new Map(parts.map((part) => [part.part, part])), [parts]);
  const lit = useMemo(
    () => new Set(shown === null ? [] : [shown, ...(byName.get(shown)?.near ?? [])]),
    [shown, byName],
  );
  const heard = ({ title, kind, seen }: PicturePart) => {
    const numbers = seen
      ? [
          ...(seen.allowed > 0 ? [t("flows.heard.allowed", { count: seen.allowed })] : []),
          ...(seen.refused > 0 ? [t("flows.heard.refused", { count: seen.refused })] : []),
        ]
      : [];
    return [`${t(`flows.kind.${kind}`)}: ${title}`, ...numbers].join(", ");
  };

  const render = (drawn: Drawn, key: number): ReactNode => {
    const { tag, attrs, children, text } = drawn;
    const name = attrs["data-part"];
    const part = name === undefined ? undefined : byName.get(name);
    if (!part) return createElement(tag, { key, ...named(attrs) }, text ?? children.map(render));
    const press = (event: KeyboardEvent<SVGGElement>) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onChoose(part.part, roomBeside(event.currentTarget));
    };
    return (
      // biome-ignore lint/a11y/useSemanticElements: a thing of a drawing cannot be an HTML button.
      <g
        key={key}
        {...named(attrs)}
        role="button"
        tabIndex={0}
        aria-pressed={chosen === part.part}
        data-lit={lit.has(part.part) || undefined}
        data-kind={part.kind}
        onClick={({ currentTarget }) => onChoose(part.part, roomBeside(currentTarget))}
        onKeyDown={press}
        onMouseEnter={({ currentTarget }) => onLook(part.part, roomBeside(currentTarget))}
        onMouseLeave={() => onLook(null)}
        onFocus={({ currentTarget }) => onLook(part.part, roomBeside(currentTarget))}
        onBlur={() => onLook(null)}
      >
        <title>{heard(part)}</title>
        {children.filter((child) => child.tag !== "title").map(render)}
      </g>
    );
  };
  const { viewBox = "", "font-family": fontFamily } = drawing.attrs;
  const body = drawing.children.filter(({ tag }) => tag !== "title" && tag !== "desc");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing.
    <svg
      viewBox={viewBox}
      fontFamily={fontFamily}
      role="group"
      aria-label={label}
      data-looked={shown !== null || undefined}
    >
      {body.map(render)}
    </svg>
  );
}
