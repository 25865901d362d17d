import { IconPlugConnectedX } from "@tabler/icons-react";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";
import { useServerLost } from "./useServerLost.ts";

/** Says, wherever on the page one is, that the server is out of reach and that nothing typed is lost; goes away by itself. */
export function ConnectionBanner() {
  const { t } = useWords();
  const lost = useServerLost();
  return (
    <div role="status" className="page banners connection">
      {lost && (
        <Notice tone="note" icon={IconPlugConnectedX} title={t("problem.lostTitle")}>
          {t("connection.lostText")}
        </Notice>
      )}
    </div>
  );
}
