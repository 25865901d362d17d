import { useState } from "react";

/** A printed document inside a page: no script of it runs, and it grows to its own length. */
export function DocumentView({ html, title }: { html: string; title: string }) {
  const [height, setHeight] = useState(600);
  return (
    <iframe
      className="document"
      title={title}
      srcDoc={html}
      sandbox="allow-same-origin allow-popups"
      style={{ height }}
      onLoad={(event) => {
        const page = event.currentTarget.contentDocument?.documentElement;
        if (page) setHeight(page.scrollHeight + 24);
      }}
    />
  );
}
