import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import type { Language } from "../../values/Language.ts";
import { useWords } from "../words/words.tsx";

type Props = {
  /** Of the contract, e.g. `printInvoice.path`. */
  path: string;
  params: Readonly<Record<string, string>>;
  /** The language of the moment when absent. */
  language?: Language;
};

/** Opens the server's own page of a document in a tab of its own, ready to print. */
export function PrintLink({ path, params, language }: Props) {
  const { t, language: now } = useWords();
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  return (
    <Button
      component="a"
      href={`/api${filled}?language=${language ?? now}`}
      target="_blank"
      rel="noopener"
      variant="default"
      leftSection={<IconPrinter size={17} aria-hidden />}
    >
      {t("print")}
    </Button>
  );
}
