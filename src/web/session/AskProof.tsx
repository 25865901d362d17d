import { lazy, Suspense } from "react";
import { away, useProofWanted } from "./proof.ts";

const FreshDialog = lazy(() => import("./FreshDialog.tsx").then(({ FreshDialog: dialog }) => ({ default: dialog })));

const ReturnDialog = lazy(() =>
  import("../signIn/ReturnDialog.tsx").then(({ ReturnDialog: dialog }) => ({ default: dialog })),
);

/** Where an act waits for a fresh sign-in, or for somebody to sign in at all, the dialog that asks for it. */
export function AskProof() {
  const proof = useProofWanted();
  const gone = away.useWanted();
  return (
    <Suspense>
      {proof && <FreshDialog />}
      {gone && <ReturnDialog />}
    </Suspense>
  );
}
