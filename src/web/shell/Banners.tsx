import { useLocation } from "@tanstack/react-router";
import { NewsBar } from "../account/NewsBar.tsx";
import { WithheldBar } from "../account/WithheldBar.tsx";
import { DemoBar } from "../demo/DemoBar.tsx";
import { RecoveryBanner } from "../keys/RecoveryBanner.tsx";
import { NoticesBar } from "../notices/NoticesBar.tsx";
import { useMay } from "../session/me.ts";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { DiskBanner } from "./DiskBanner.tsx";
import { useCondition } from "./useCondition.ts";

/** What cannot wait, above every page of those whose business it is. */
export function Banners() {
  const may = useMay();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const condition = useCondition();
  const demo = condition?.demo === "this";
  return (
    <>
      {demo && <DemoBar />}
      <ConnectionBanner />
      <div className="page banners">
        <DiskBanner />
        <WithheldBar />
        <NewsBar />
        {/* Each has a page that says it whole. */}
        {may("keeps backups read") && path !== "/backups" && <NoticesBar />}
        {may("keeps keys change") && condition && !demo && !["/keys", "/start"].includes(path) && (
          <RecoveryBanner short={path !== "/"} />
        )}
      </div>
    </>
  );
}
