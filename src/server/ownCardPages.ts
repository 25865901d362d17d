// The pages of people's own cards on the public listener: a cookie of their own, headers of their own, and every form from our own pages only.
import cookie from "@fastify/cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { fromAnotherSite } from "../actors/sameOrigin.ts";
import { inLanguage } from "../description/text.ts";
import type { Gate } from "../gate/gate.ts";
import { labelsOf } from "../rights/labels.ts";
import * as card from "../rights/ownCard/card.ts";
import { correctPage } from "../rights/ownCard/correctPage.ts";
import { codePage, enterPage } from "../rights/ownCard/enterPage.ts";
import { cardPage } from "../rights/ownCard/page.ts";
import { OWN_CARD_SCRIPT, OWN_CARD_STYLE } from "../rights/ownCard/shell.ts";
import type { Open, OwnCards, Visitor } from "../rights/ownCard/ways.ts";
import { ownCardWords } from "../rights/ownCard/words.ts";
import type { Language } from "../values/Language.ts";
import { notFound, Problem } from "../values/problem.ts";
import { problemTitle } from "./problemWords.ts";

const HTML = "text/html; charset=utf-8";
/** Nothing but our own style; the page on which a secret is read out of its own address has our own script too. */
const POLICY = (script: boolean) =>
  `default-src 'none'; style-src 'self'; ${script ? "script-src 'self'; require-trusted-types-for 'script'; " : ""}form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;
/** Openings and questions of one address in a minute. */
const PER_MINUTE = 20;
const MESSAGES = ["corrected", "withdrawn", "given", "objected", "erasure"] as const;

export type OwnCardParts = {
  gate: Gate;
  cards: OwnCards;
  https: boolean;
  /** Where people reach these pages, where a proxy stands in front. */
  origin?: string | undefined;
  languageOf: (request: FastifyRequest) => Language;
};

export async function ownCardPages(app: FastifyInstance, { gate, cards, https, origin, languageOf }: OwnCardParts) {
  const prefix = https ? "__Host-tietovirta" : "tietovirta";
  const [cardCookie, waitCookie] = [`${prefix}-own`, `${prefix}-own-code`];
  const options = { path: "/", httpOnly: true, sameSite: "strict", secure: https } as const;
  const strict = { config: { rateLimit: { max: PER_MINUTE, timeWindow: 60_000 } } };
  await app.register(cookie);

  app.addHook("onRequest", async (request, reply) => {
    if (!cards.served()) throw notFound();
    if (fromAnotherSite(request, origin)) throw new Problem("crossSite", 403);
    reply.headers({
      "content-security-policy": POLICY(false),
      // A form of ours says where it comes from; nobody else is told.
      "referrer-policy": "same-origin",
      "x-robots-tag": "noindex",
    });
  });
  app.addHook("onClose", () => cards.settled());

  const visitor = ({ id, ip }: FastifyRequest): Visitor => ({ requestId: id, address: ip });
  const parts = (request: FastifyRequest) => {
    const { description } = gate.inForce();
    const { responsiblePerson: person, controller } = description;
    const known = [person.name, person.email === "unknown" ? controller.email : person.email, controller.phone];
    const contact = [controller.name, ...known].filter((one) => one !== "unknown").join(", ");
    return { language: languageOf(request), company: controller.name, contact };
  };
  const secretIn = (request: FastifyRequest, name: string): string | undefined => request.cookies[name] || undefined;
  const openIn = async (request: FastifyRequest): Promise<Open | null> => {
    const secret = secretIn(request, cardCookie);
    return secret === undefined ? null : cards.find(secret, visitor(request));
  };
  const enter = (request: FastifyRequest, reply: FastifyReply, more: { problem?: string; message?: string } = {}) => {
    // What was open in this browser is not any more.
    if (secretIn(request, cardCookie) !== undefined) reply.clearCookie(cardCookie, options);
    return reply
      .header("content-security-policy", POLICY(true))
      .type(HTML)
      .send(enterPage({ ...parts(request), path: "/own", byMail: cards.byMail(), ...more }));
  };
  const to = (request: FastifyRequest, reply: FastifyReply, path: string) =>
    reply.redirect(`${path}${path.includes("?") ? "&" : "?"}lang=${languageOf(request)}`, 303);

  /** The secret of before opens nothing: nobody can be led into a card that somebody else knows. */
  async function open(request: FastifyRequest, reply: FastifyReply, secret: string) {
    const earlier = secretIn(request, cardCookie);
    if (earlier !== undefined) await cards.close(earlier);
    reply.setCookie(cardCookie, secret, options).clearCookie(waitCookie, options);
    return to(request, reply, "/own");
  }

  /** What a person can mend is said on the page where they can. */
  const mendable = (error: unknown): Problem => {
    if (error instanceof Problem && (error.status === 422 || error.status === 429)) return error;
    throw error;
  };

  app.get("/own.css", async (_, reply) =>
    reply.header("cache-control", "public, max-age=3600").type("text/css; charset=utf-8").send(OWN_CARD_STYLE),
  );
  app.get("/own.js", async (_, reply) =>
    reply.header("cache-control", "public, max-age=3600").type("text/javascript; charset=utf-8").send(OWN_CARD_SCRIPT),
  );

  app.get("/own", async (request, reply) => {
    const there = await openIn(request);
    const { language, company, contact } = parts(request);
    const w = ownCardWords(language);
    const { closed, told } = request.query as { closed?: unknown; told?: unknown };
    if (!there) {
      const left = secretIn(request, cardCookie) !== undefined;
      return enter(
        request,
        reply,
        closed === "yes" ? { message: w("done.text") } : left ? { message: w("closed") } : {},
      );
    }
    const { description } = gate.inForce();
    const message = MESSAGES.find((one) => one === told);
    const consentLabels = Object.fromEntries(
      Object.entries(description.consents).map(([id, { label }]) => [id, inLanguage(description, label, language)]),
    );
    const page = cardPage({
      ...{ language, company, contact, path: "/own", consentLabels },
      card: await card.readCard(gate, there, language),
      labels: labelsOf(description, language),
      mark: cards.markOf(there),
      message: message && w(`told.${message}`),
    });
    return reply.type(HTML).send(page);
  });
  app.post("/own/link", strict, async (request, reply) => {
    const { code = "" } = typedIn(request);
    try {
      return await open(request, reply, await cards.openByLink(code, visitor(request)));
    } catch (error) {
      const problem = mendable(error);
      reply.code(problem.status);
      return enter(request, reply, { problem: problemTitle(languageOf(request), problem) });
    }
  });
  app.post("/own/mail", strict, async (request, reply) => {
    const { email = "" } = typedIn(request);
    try {
      reply.setCookie(waitCookie, await cards.askCode(email, languageOf(request), visitor(request)), options);
      return to(request, reply, "/own/code");
    } catch (error) {
      const problem = mendable(error);
      reply.code(problem.status);
      return enter(request, reply, { problem: problemTitle(languageOf(request), problem) });
    }
  });
  app.get("/own/code", async (request, reply) =>
    reply.type(HTML).send(codePage({ ...parts(request), path: "/own/code" })),
  );
  app.post("/own/code", strict, async (request, reply) => {
    const { code = "" } = typedIn(request);
    try {
      // Whoever waits for nothing is told what one with a wrong code is.
      const waiting = secretIn(request, waitCookie) ?? "";
      return await open(request, reply, await cards.openByCode(waiting, code, visitor(request)));
    } catch (error) {
      const problem = mendable(error);
      const page = codePage({
        ...parts(request),
        path: "/own/code",
        problem: problemTitle(languageOf(request), problem),
      });
      return reply.code(problem.status).type(HTML).send(page);
    }
  });
  app.post("/own/done", async (request, reply) => {
    const secret = secretIn(request, cardCookie);
    if (secret !== undefined) await cards.close(secret);
    reply.clearCookie(cardCookie, options).header("clear-site-data", '"cache", "storage"');
    return to(request, reply, "/own?closed=yes");
  });

  /** What is done on an open card. A card that has closed meanwhile is opened anew; a form of another card does nothing. */
  const act = (
    path: string,
    work: (there: Open, typed: Readonly<Record<string, string>>, language: Language) => Promise<unknown>,
    done: (typeof MESSAGES)[number],
  ) =>
    app.post(path, async (request, reply) => {
      const there = await openIn(request);
      if (!there) return to(request, reply, "/own");
      const { mark, ...typed } = typedIn(request);
      if (mark !== cards.markOf(there)) throw new Problem("crossSite", 403);
      await work(there, typed, languageOf(request));
      return to(request, reply, `/own?told=${done}`);
    });
  act("/own/withdraw", (there, { consent = "" }) => card.withdraw(gate, there, consent), "withdrawn");
  act("/own/object", (there, { purpose = "" }) => card.objectToPurpose(gate, there, purpose), "objected");
  act(
    "/own/consent",
    (there, { consent = "", version }, language) =>
      card.giveConsent(gate, there, { consent, version: Number(version), language }),
    "given",
  );
  act(
    "/own/erasure",
    async (there, { sure }) => {
      if (sure === "yes") await card.askErasure(gate, there);
    },
    "erasure",
  );
  app.get<{ Params: { category: string } }>("/own/correct/:category", async (request, reply) => {
    const there = await openIn(request);
    if (!there) return to(request, reply, "/own");
    const { category } = request.params;
    const found = await card.readField(gate, there, { category, language: languageOf(request) });
    return reply.type(HTML).send(correctPage({ ...parts(request), path: "", ...found, mark: cards.markOf(there) }));
  });
  app.post<{ Params: { category: string } }>("/own/correct/:category", async (request, reply) => {
    const there = await openIn(request);
    if (!there) return to(request, reply, "/own");
    const { mark, ...typed } = typedIn(request);
    if (mark !== cards.markOf(there)) throw new Problem("crossSite", 403);
    const about = { category: request.params.category, language: languageOf(request) };
    try {
      await card.correct(gate, there, { ...about, typed });
      return to(request, reply, "/own?told=corrected");
    } catch (error) {
      const problem = problemTitle(about.language, mendable(error));
      const found = await card.readField(gate, there, about);
      const page = correctPage({ ...parts(request), path: "", ...found, typed, problem, mark: cards.markOf(there) });
      return reply.code(422).type(HTML).send(page);
    }
  });
  app.get("/own/data.json", async (request, reply) => {
    const there = await openIn(request);
    if (!there) return to(request, reply, "/own");
    const data = await card.downloadCard(gate, there, languageOf(request));
    return reply
      .header("content-disposition", 'attachment; filename="data.json"')
      .type("application/json; charset=utf-8")
      .send(`${JSON.stringify(data, null, 2)}\n`);
  });
}

/** The urlencoded fields of a form, trimmed; what is empty is not there. */
function typedIn({ body }: FastifyRequest): Readonly<Record<string, string>> {
  const entries = Object.entries(typeof body === "object" && body !== null ? body : {});
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof value === "string" && value.trim() !== "" ? [[name, value.trim()]] : [],
    ),
  );
}
