import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import { changeMyself } from "../../registers/staff/contract.ts";
import { isLanguage } from "../../values/Language.ts";
import { changeMe } from "../session/me.ts";
import { useWords } from "../words/words.tsx";
import { Choice } from "./Choice.tsx";

const names = [
  { value: "fi", label: "Suomi" },
  { value: "sv", label: "Svenska" },
  { value: "en", label: "English" },
];

/** The language of the whole product, at once; `saves` keeps it with the account. */
export function LanguageChoice({ saves = false }: { saves?: boolean }) {
  const { t, language, setLanguage } = useWords();
  const client = useQueryClient();
  const choose = (next: string) => {
    if (!isLanguage(next)) return;
    void setLanguage(next);
    // The screen changes even if the account cannot remember it just now.
    if (saves) {
      call(changeMyself, { body: { language: next } }).then(
        (me) => changeMe(client, me),
        () => undefined,
      );
    }
  };
  return <Choice label={t("language")} value={language} options={names} choose={choose} />;
}
