import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ProblemError } from "../../api/call.ts";
import { Loading } from "./Loading.tsx";
import { ProblemAlert } from "./ProblemAlert.tsx";

/** The answer of `useAsk`: skeleton while it comes, the problem with "try again" when it does not. */
export function Asked<Data>({
  answer,
  rows,
  notFound,
  children,
}: {
  answer: UseQueryResult<Data, ProblemError>;
  rows?: number;
  /** Where nothing is found: what may be behind it, in the words of the page. */
  notFound?: string;
  children: (data: Data) => ReactNode;
}) {
  if (answer.data !== undefined) return children(answer.data);
  if (answer.error)
    return <ProblemAlert problem={answer.error} notFound={notFound} retry={() => void answer.refetch()} />;
  return <Loading {...(rows !== undefined && { rows })} />;
}
