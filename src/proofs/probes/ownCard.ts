// A person's own card: theirs alone, opened once by a link of which only a hash is kept.
import { rightsWords } from "../../documents/rightsWords.ts";
import { systemCaller } from "../../gate/caller.ts";
import { randomCode } from "../../keys/token.ts";
import { sourceOfKind } from "../../policy/decide.ts";
import { kinds, registers } from "../../registers/all.ts";
import { addLink, useLink } from "../../registers/ownCard/links.ts";
import { newId } from "../../values/Uuid.ts";
import { expect, NothingToProve, type Probe, refusalOf } from "../scene.ts";

const VOICE = { language: "en", words: rightsWords("en"), known: { days: {}, openInvoice: false } } as const;

export const ownCardProbe: Probe = async ({ stage, description, person, as }) => {
  const source = sourceOfKind(description, "ownCard");
  if (source === undefined) throw new NothingToProve("the description opens no cards");
  const role = Object.keys(description.roles).find((id) => description.roles[id]?.rights.includes("access"));
  if (role === undefined) throw new NothingToProve("nobody carries out access");
  const [one, other] = [await person(), await person()];
  const { gate } = stage;
  const oneself = { actor: { kind: "subject", id: one.id, source } as const, requestId: newId() };
  const access = { right: "access", verb: "read", kinds } as const;

  const shown = await gate.right(oneself, { ...access, subject: one.id }, async (steps) => {
    const held = await Promise.all(registers.map(({ exportOf }) => exportOf(steps, VOICE)));
    return held.flat().map(({ value }) => value);
  });
  expect(shown.includes(one.name) && !shown.includes(other.name), "the card does not show its own person alone");
  const another = gate.right(oneself, { ...access, subject: other.id }, async () => undefined);
  await refusalOf(another, "a person was shown somebody else's card");
  const erased = gate.right(
    oneself,
    { right: "erasure", verb: "erase", subject: one.id, kinds },
    async () => undefined,
  );
  await refusalOf(erased, "a card let its person erase past those who answer for it");

  const secret = randomCode();
  const endsAt = new Date(gate.clock.now().getTime() + 60_000);
  await gate.right(as(role), { ...access, verb: "change", subject: one.id }, (steps) =>
    addLink(steps, { secret, identity: "inPerson", endsAt }),
  );
  const raw = await stage.rawText("own_card_link", one.id);
  expect(raw !== "" && !raw.includes(secret.replaceAll("-", "")) && !raw.includes(secret), "a link's secret is kept");
  const use = () =>
    gate.serving(
      systemCaller("probe"),
      { register: "ownCard", verb: "change", place: `sources.${source}`, silent: true },
      (grant) => useLink(grant, secret),
    );
  expect((await use()) === one.id, "a link that was given does not open its card");
  expect((await use()) === null, "a link opened a card twice");
  return "a made-up person sees their own card and nobody else's; a link opens it once, and its secret is kept nowhere";
};
