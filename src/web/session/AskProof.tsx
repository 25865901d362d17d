import { lazy, Suspense } from "react";
import { useProofWanted } from "./proof.ts";

const FreshDialog = lazy(() => import("./FreshDialog.tsx").then(({ FreshDialog: dialog }) => ({ default: dialog })));

/** Where an act waits for a fresh sign-in, the dialog that asks for it. */
export function AskProof() {
  if (!useProofWanted()) return null;
  return (
    <Suspense>
      <FreshDialog />
    </Suspense>
  );
}
