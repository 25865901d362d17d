import type { Serve } from "../../api/serve.ts";
import { listNotices } from "./contract.ts";
import type { Notices } from "./notices.ts";

export function noticeRoutes(serve: Serve, notices: Pick<Notices, "list"> | undefined): void {
  serve(listNotices, async () => ({ items: notices ? await notices.list() : [] }));
}
