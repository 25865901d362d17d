import { Alert } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconUserSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { findDuplicates } from "../../registers/customers/contract.ts";
import { phoneShown } from "../../values/phoneShown.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";

/** Who may already be in the register, while the new one is typed. */
export function Duplicates({ draft }: { draft: { name: string; email: string; phone: string } }) {
  const { t } = useWords();
  const { category } = useLabels();
  const may = useMay();
  const [typed] = useDebouncedValue(draft, 300);
  const name = typed.name.trim();
  const email = typed.email.trim();
  const phone = typed.phone.trim();
  const body = {
    ...(name.length >= 3 && { name }),
    ...(/.@./.test(email) && { email }),
    ...(phone.replace(/\D/g, "").length >= 6 && { phone }),
  };
  const enabled = may("read customers") && Object.keys(body).length > 0;
  const { data } = useAsk(findDuplicates, { body }, { enabled, keepPrevious: true });
  const items = enabled ? (data?.items ?? []) : [];
  const hidden = enabled && data?.hidden === true;
  return (
    <div aria-live="polite">
      {(items.length > 0 || hidden) && (
        <Alert color="amber" icon={<IconUserSearch size={20} aria-hidden />} title={t("duplicates.title")}>
          {items.length > 0 && (
            <ul style={{ margin: 0, paddingInlineStart: 18 }}>
              {items.slice(0, 5).map((line) => (
                <li key={line.id}>
                  <Link to="/customers/$id" params={{ id: line.id }} style={{ color: "inherit", fontWeight: 600 }}>
                    {line.name ?? t("customer.unnamed")}
                  </Link>{" "}
                  {[line.phone && phoneShown(line.phone), line.email, line.town].filter(Boolean).join(" · ")}{" "}
                  {line.matched.length > 0 && t("duplicates.same", { what: line.matched.map(category).join(", ") })}
                </li>
              ))}
            </ul>
          )}
          {hidden && t("duplicates.hidden")}
        </Alert>
      )}
    </div>
  );
}
