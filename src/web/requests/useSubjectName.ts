import { readCustomer } from "../../registers/customers/contract.ts";
import { useMay, useRightsPurpose } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";

/** The name to head a request with; other words where it is hidden, restricted or already erased. */
export function useSubjectName(id: string): string {
  const { t } = useWords();
  const may = useMay();
  const purpose = useRightsPurpose();
  const { data } = useAsk(
    readCustomer,
    { params: { id } },
    { enabled: purpose !== undefined || may("read customers"), staleTime: 300_000, purpose },
  );
  return data?.name ?? t("requests.somebody");
}
