import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { isFresh } from "../session/fresh.ts";

type Props = { href: string; file: string; children: string };

/** What the server gives as a file, after a fresh sign-in. The name tells nothing of anybody: it stays in the list of downloads. */
export function DownloadLink({ href, file, children }: Props) {
  const take = async (event: MouseEvent<HTMLAnchorElement>) => {
    const link = event.currentTarget;
    // The second press is our own, once the proof is there.
    if (link.dataset.proved) return;
    event.preventDefault();
    if (!(await isFresh())) return;
    link.dataset.proved = "true";
    link.click();
    delete link.dataset.proved;
  };
  return (
    <Button
      component="a"
      href={`/api${href}`}
      download={file}
      variant="default"
      leftSection={<IconDownload size={17} aria-hidden />}
      onClick={(event: MouseEvent<HTMLAnchorElement>) => void take(event)}
    >
      {children}
    </Button>
  );
}
