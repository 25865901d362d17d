import { type KeyboardEvent, useRef } from "react";
import { LETTERS } from "../../values/Letters.ts";
import { useWords } from "../words/words.tsx";
import type { Letter } from "./search.ts";

/** The letters to jump by: one stop of the keyboard, arrows between them. All of them, whoever stands under them. */
export function LetterBar({ chosen, choose }: { chosen: Letter | undefined; choose: (letter: Letter) => void }) {
  const { t } = useWords();
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const all = [...(bar.current?.querySelectorAll("button") ?? [])];
    const at = all.findIndex((each) => each.matches(":focus"));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    const next = to === undefined ? undefined : all[(to + all.length) % all.length];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div ref={bar} role="toolbar" aria-label={t("customers.letters")} className="letters" onKeyDown={move}>
      {LETTERS.map((letter) => (
        <button
          key={letter}
          type="button"
          tabIndex={letter === (chosen ?? "A") ? 0 : -1}
          aria-pressed={letter === chosen}
          aria-label={letter === "#" ? t("customers.letterMarks") : letter}
          onClick={() => choose(letter)}
        >
          {letter}
        </button>
      ))}
    </div>
  );
}
