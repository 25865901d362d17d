import { useLocation } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { NewsBar } from "../account/NewsBar.tsx";
import { WithheldBar } from "../account/WithheldBar.tsx";
import { RecoveryBanner } from "../keys/RecoveryBanner.tsx";
import { NoticesBar } from "../notices/NoticesBar.tsx";
import { useMay } from "../session/me.ts";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { DiskBanner } from "./DiskBanner.tsx";
import { useCondition } from "./useCondition.ts";

const DemoBar = lazy(() => import("../demo/DemoBar.tsx").then(({ DemoBar: bar }) => ({ default: bar })));

/** What cannot wait, above every page of those whose business it is. */
export function Banners() {
  const may = useMay();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const demo = useCondition()?.demo === "this";
  return (
    <>
      {demo && (
        <Suspense>
          <DemoBar />
        </Suspense>
      )}
      <ConnectionBanner />
      <div className="page banners">
        <DiskBanner />
        <WithheldBar />
        <NewsBar />
        {/* Each has a page that says it whole. */}
        {may("keeps backups read") && path !== "/backups" && <NoticesBar />}
        {may("keeps keys change") && !["/keys", "/start"].includes(path) && !demo && (
          <RecoveryBanner short={path !== "/"} />
        )}
      </div>
    </>
  );
}
