import { IconSearch } from "@tabler/icons-react";
import { openDialog } from "../keyboard/dialogs.ts";
import { keyName } from "../keyboard/mod.ts";
import { useWords } from "../words/words.tsx";

/** The door to everything by its name; on a narrow screen only its mark. */
export function SearchButton() {
  const { t } = useWords();
  return (
    <button type="button" className="search-button" onClick={() => openDialog("palette")}>
      <IconSearch size={17} aria-hidden />
      <span>{t("palette.open")}</span>
      <kbd className="key" aria-hidden>
        {keyName("Mod")} K
      </kbd>
    </button>
  );
}
