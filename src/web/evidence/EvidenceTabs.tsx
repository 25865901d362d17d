import { Link } from "@tanstack/react-router";
import { useWords } from "../words/words.tsx";

/** The events, and the proof that nobody has changed them. */
export function EvidenceTabs() {
  const { t } = useWords();
  return (
    <nav className="tabs" aria-label={t("evidence.tabs")}>
      <Link to="/evidence" activeOptions={{ exact: true, includeSearch: false }}>
        {t("audit.title")}
      </Link>
      <Link to="/evidence/log">{t("log.title")}</Link>
    </nav>
  );
}
