import { Modal, TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { openDialog } from "../keyboard/dialogs.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { Findings } from "./Findings.tsx";
import { useFindings } from "./useFindings.ts";
import "./palette.css";

/** Anything by its name: one field, and what it finds beneath (WAI-ARIA combobox). The field keeps the focus; nothing typed is kept anywhere. */
export function Palette() {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 120);
  const { groups, atOnce, coming, problem } = useFindings(text.trim(), search);
  const all = groups.flatMap(({ findings }) => findings);
  const [chosen, setChosen] = useState(0);
  const [entered, setEntered] = useState(false);
  const at = Math.min(chosen, all.length - 1);
  const id = useId();
  const before = useRef(document.activeElement);
  const close = () => {
    openDialog(undefined);
    // The dialog is gone at once: whoever only looked goes on from where they were.
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at]);
  const open = (n: number) => {
    const finding = all[n];
    if (!finding) return;
    openDialog(undefined);
    finding.open();
  };
  // What stands there for other letters is not opened by these: it waits for its answer.
  const ready = entered && (at < atOnce ? at >= 0 : !coming);
  useEffect(() => {
    if (!ready) return;
    setEntered(false);
    open(at);
  });
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setChosen(at + 1 < all.length ? at + 1 : 0);
    else if (event.key === "ArrowUp") setChosen(at > 0 ? at - 1 : all.length - 1);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) setEntered(true);
    else return;
    event.preventDefault();
  };
  const said = text === "" || coming ? "" : t("palette.found", { count: all.length });
  return (
    <Modal.Root opened onClose={close} size={620} yOffset="8dvh" returnFocus={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t("palette.title")} className="palette">
        <Modal.Body>
          <TextInput
            data-autofocus
            size="md"
            role="combobox"
            aria-label={t("palette.label")}
            placeholder={t("palette.hint")}
            aria-expanded={all.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            {...(at >= 0 && { "aria-activedescendant": `${id}-${at}` })}
            leftSection={<IconSearch size={18} aria-hidden />}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setChosen(0);
              setEntered(false);
            }}
            onKeyDown={keys}
            maxLength={200}
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="go"
          />
          <VisuallyHidden role="status">{said}</VisuallyHidden>
          <Findings id={id} groups={groups} at={at} choose={setChosen} open={open} />
          <ProblemAlert problem={problem} typed />
          {all.length === 0 && !coming && !problem && <p className="palette-none">{t("palette.none")}</p>}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
