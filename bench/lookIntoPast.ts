// Everything a restored register answers about people who were erased after the moment it was restored to.
import type { PastPerson } from "./pastPeople.ts";

const PURPOSES = ["customerCare", "warranty", "receivables", "invoicing", "rightsHandling"];
const AT_ONCE = 6;

export type Answers = {
  /** Every answer's text, one after another. */
  readonly text: string;
  /** People erased whole of whom anything is shown. */
  readonly visible: number;
};

/** Cards under every purpose, the access package, the identity code, the list, and a search for every value. */
export async function answersAbout(url: string, token: string, people: readonly PastPerson[]): Promise<Answers> {
  const texts: string[] = [];
  const seen = new Set<string>();
  const hear = async (path: string, options: { purpose?: string; body?: object } = {}) => {
    const answer = await fetch(`${url}/api${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(options.purpose && { "tietovirta-purpose": options.purpose }),
        ...(options.body && { "content-type": "application/json" }),
      },
      ...(options.body && { method: "POST", body: JSON.stringify(options.body) }),
    });
    const text = await answer.text();
    // The question's own words come back in no answer; what does is of the register.
    if (answer.ok) texts.push(text);
    return { ok: answer.ok, text };
  };
  const askAbout = async ({ id, whole, erased, kept }: PastPerson) => {
    const card = `/customers/${id}`;
    const told = [
      ...(await Promise.all(PURPOSES.map((purpose) => hear(card, { purpose })))),
      await hear(`${card}/access`),
      await hear(`${card}/identity-code`, { body: { reason: "Palautuksen tarkastus" } }),
    ];
    if (whole && told.some(({ ok }) => ok)) seen.add(id);
    for (const value of [...erased, ...kept]) {
      const { text } = await hear("/customers/search", { body: { search: value } });
      if (whole && text.includes(id)) seen.add(id);
    }
  };
  const waiting = [...people];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await askAbout(one);
    }),
  );
  for (let after = ""; ; ) {
    const { ok, text } = await hear(`/customers?limit=200${after}`);
    if (!ok) throw new Error("the list could not be read");
    for (const { id, whole } of people) if (whole && text.includes(id)) seen.add(id);
    const { next } = JSON.parse(text) as { next?: string };
    if (next === undefined) break;
    after = `&after=${next}`;
  }
  return { text: texts.join("\n"), visible: seen.size };
}
