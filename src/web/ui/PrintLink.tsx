import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { Language } from "../../values/Language.ts";
import { isFresh } from "../session/fresh.ts";
import { useWords } from "../words/words.tsx";

type Props = {
  /** Of the contract, e.g. `printInvoice.path`. */
  path: string;
  params: Readonly<Record<string, string>>;
  /** The language of the moment when absent. */
  language?: Language;
  /** The document takes a person's data out: the server gives it after a fresh sign-in. */
  fresh?: boolean;
};

/** Opens the server's own page of a document in a tab of its own, ready to print. */
export function PrintLink({ path, params, language, fresh = false }: Props) {
  const { t, language: now } = useWords();
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const href = `/api${filled}?language=${language ?? now}`;
  const proveFirst = async () => {
    if (await isFresh()) window.open(href, "_blank", "noopener");
  };
  return (
    <Button
      component="a"
      href={href}
      {...(fresh && {
        onClick: (event: MouseEvent) => {
          event.preventDefault();
          void proveFirst();
        },
      })}
      target="_blank"
      rel="noopener"
      variant="default"
      leftSection={<IconPrinter size={17} aria-hidden />}
    >
      {t("print")}
    </Button>
  );
}
