import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call, ProblemError } from "../../api/call.ts";
import { readCondition } from "../../server/contract.ts";

/** Between tries; the last one goes on. */
const TRIES_MS = [1500, 2000, 3000, 5000, 8000] as const;

const isLost = (error: unknown) => error instanceof ProblemError && error.code === "serverLost";

/** Whether the server has gone out of reach: known at the first call without an answer, and at once when the network goes. It tries again by itself; then all that is on the screen is asked anew. */
export function useServerLost(): boolean {
  const client = useQueryClient();
  const [lost, setLost] = useState(!navigator.onLine);
  useEffect(() => {
    const gone = () => setLost(true);
    const note = (action: { type: string; error?: unknown }) => {
      if ((action.type === "error" || action.type === "failed") && isLost(action.error)) gone();
    };
    const leave = [
      client.getQueryCache().subscribe((event) => event.type === "updated" && note(event.action)),
      client.getMutationCache().subscribe((event) => event.type === "updated" && note(event.action)),
    ];
    window.addEventListener("offline", gone);
    return () => {
      for (const each of leave) each();
      window.removeEventListener("offline", gone);
    };
  }, [client]);
  useEffect(() => {
    if (!lost) return;
    let tries = 0;
    let timer: ReturnType<typeof setTimeout>;
    const stop = new AbortController();
    const again = async () => {
      clearTimeout(timer);
      const error = await call(readCondition, {}, { signal: stop.signal }).then(
        () => undefined,
        (reason) => reason,
      );
      if (stop.signal.aborted) return;
      if (isLost(error)) {
        clearTimeout(timer);
        timer = setTimeout(ask, TRIES_MS[Math.min(tries, TRIES_MS.length - 1)]);
        tries += 1;
        return;
      }
      setLost(false);
      await client.invalidateQueries();
    };
    const ask = () => void again();
    timer = setTimeout(ask, TRIES_MS[0]);
    window.addEventListener("online", ask);
    return () => {
      stop.abort();
      clearTimeout(timer);
      window.removeEventListener("online", ask);
    };
  }, [lost, client]);
  return lost;
}
