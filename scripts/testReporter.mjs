// Says what failed and what was skipped, and nothing of what passed.
import { relative } from "node:path";
import { inspect } from "node:util";

export default async function* report(source) {
  for await (const { type, data } of source) {
    if (type === "test:fail" && data.details.error?.failureType !== "subtestsFailed") {
      const cause = data.details.error?.cause ?? data.details.error;
      yield `\nfailed: ${place(data)} ${data.name}\n${typeof cause === "string" ? cause : inspect(cause)}\n`;
    }
    if (type === "test:pass" && data.skip !== undefined) {
      yield `skipped: ${place(data)} ${data.name}${typeof data.skip === "string" && data.skip ? ` (${data.skip})` : ""}\n`;
    }
    if ((type === "test:stderr" || type === "test:stdout") && data.message.trim()) yield data.message;
  }
}

const place = (data) => (data.file ? `${relative(process.cwd(), data.file)}:${data.line ?? 1}` : "");
