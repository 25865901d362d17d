import { UnstyledButton } from "@mantine/core";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { useWords } from "../../words/words.tsx";
import { useAdding, useEditing } from "./editing.ts";

/** Quiet until it is pointed at or reached; absent where there is nothing to edit. */
export function EditButton({ place, about }: { place: string; about: string }) {
  const { t } = useWords();
  const edit = useEditing(place);
  if (!edit) return null;
  const name = about.length > 60 ? `${about.slice(0, 60)}…` : about;
  return (
    <UnstyledButton className="edit" aria-label={t("draft.edit", { what: name })} onClick={edit}>
      <IconPencil size={14} aria-hidden />
      {t("edit")}
    </UnstyledButton>
  );
}

/** Under a heading: what can be added to it. */
export function AddButtons({ section }: { section: string }) {
  const adding = useAdding(section);
  if (adding.length === 0) return null;
  return (
    <div className="adding">
      {adding.map(({ add, open }) => (
        <UnstyledButton key={add} className="edit" onClick={open}>
          <IconPlus size={14} aria-hidden />
          {add}
        </UnstyledButton>
      ))}
    </div>
  );
}
