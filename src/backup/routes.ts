import type { Serve } from "../api/serve.ts";
import { type Backups, copyNow, drillNow, readBackups } from "./contract.ts";
import type { Desk } from "./desk.ts";
import { noDesk } from "./noDesk.ts";

/** `desk` absent: nothing is ever copied (tests). */
export function backupRoutes(serve: Serve, desk: Desk | undefined): void {
  const at = desk ?? noDesk;
  serve(readBackups, (): Promise<Backups> => at.look());
  serve(copyNow, (_granted, _input, { caller }) => at.copy(caller), { perMinute: 5 });
  serve(drillNow, (_granted, _input, { caller }) => at.drill(caller), { perMinute: 5 });
}
