import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";

type Props = { href: string; file: string; children: string };

/** What the server gives as a file. The name tells nothing of anybody: it stays in the list of downloads. */
export function DownloadLink({ href, file, children }: Props) {
  return (
    <Button
      component="a"
      href={`/api${href}`}
      download={file}
      variant="default"
      leftSection={<IconDownload size={17} aria-hidden />}
    >
      {children}
    </Button>
  );
}
