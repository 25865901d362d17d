import { IconDatabaseExclamation } from "@tabler/icons-react";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";
import { useCondition } from "./useCondition.ts";

/** On every page while the server's disk is nearly full: what that means for the reader, and what to do. It goes away by itself. */
export function DiskBanner() {
  const { t } = useWords();
  const data = useCondition();
  if (data?.disk !== "readOnly" && data?.disk !== "warn") return null;
  const full = data.disk === "readOnly";
  return (
    <Notice
      tone={full ? "trouble" : "attention"}
      icon={IconDatabaseExclamation}
      title={t(full ? "disk.readOnly.title" : "disk.warn.title")}
    >
      {t(full ? "disk.readOnly.text" : "disk.warn.text")}
    </Notice>
  );
}
