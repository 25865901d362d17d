import type { ReactNode } from "react";

/** What may be seen on a screen and never comes on paper: there its mask stands instead. */
export function Secret({ mask, children }: { mask: string; children: ReactNode }) {
  return (
    <>
      <span className="never-printed">{children}</span>
      <span className="only-printed" aria-hidden>
        {mask}
      </span>
    </>
  );
}
