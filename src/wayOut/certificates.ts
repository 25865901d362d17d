// The certificate of each erasure with its proof, as `verify.mjs --certificate` reads it.
import type { Everything } from "../gate/gate.ts";
import { PAGE, pages } from "./pages.ts";
import { type OutFile, wholeFile } from "./spool.ts";

/** Answers how many. */
export async function* certificates(all: Everything): AsyncGenerator<OutFile, number> {
  const after = (last: string | undefined) => {
    const columns = ["id", "certificate", "proof"] as const;
    const query = all.of("evidence").selectFrom("erasure_certificate").select(columns).orderBy("id").limit(PAGE);
    return (last === undefined ? query : query.where("id", ">", last)).execute();
  };
  let count = 0;
  for await (const some of pages<Awaited<ReturnType<typeof after>>[number]>((last) => after(last?.id)))
    for (const { id, certificate, proof } of some) {
      count += 1;
      // Both are JSON already, and the certificate's very text is what its hash is of.
      yield wholeFile(`certificates/${id}.json`, `{"certificate":${certificate},"proof":${proof ?? "null"}}\n`);
    }
  return count;
}
