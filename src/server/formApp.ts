// The public server: the form, which knows nobody, and people's own cards, which know one person each by a cookie of their own. Another port is another
// origin: no session of the staff is known here.
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import en from "../../locales/en/form.json" with { type: "json" };
import fi from "../../locales/fi/form.json" with { type: "json" };
import sv from "../../locales/sv/form.json" with { type: "json" };
import { serveOn } from "../api/serve.ts";
import { html } from "../documents/html.ts";
import { formNotice } from "../documents/short.ts";
import type { Gate } from "../gate/gate.ts";
import { submitForm } from "../intake/form/contract.ts";
import { offerOf } from "../intake/form/offer.ts";
import { FORM_STYLE, formPage, type PageParts, thanksPage } from "../intake/form/page.ts";
import { formRoutes, SUBMISSIONS_PER_MINUTE } from "../intake/form/routes.ts";
import { submit } from "../intake/form/submit.ts";
import { documentNow } from "../proofs/documents.ts";
import type { OwnCards } from "../rights/ownCard/ways.ts";
import { dayInHelsinki } from "../values/Day.ts";
import { isLanguage, type Language } from "../values/Language.ts";
import { notFound, Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import { makeWords } from "../values/words.ts";
import { type AccessLog, logRequests, writeAccess } from "./accessLog.ts";
import type { DiskWatch } from "./diskWatch.ts";
import { ownCardPages } from "./ownCardPages.ts";
import { answerProblems } from "./problems.ts";
import { languageAsked, problemTitle } from "./problemWords.ts";
import { type Reach, trustOf } from "./proxies.ts";

const words = { fi: makeWords(fi, "fi"), sv: makeWords(sv, "sv"), en: makeWords(en, "en") };
const SELF = ["'self'"];
const NONE = ["'none'"];
/** What the sender mends, or sends again later with what was typed still there. */
const SAID_ON_THE_FORM: ReadonlySet<number> = new Set([422, 507]);
const HTML = "text/html; charset=utf-8";

export type FormAppParts = Reach & {
  gate: Gate;
  /** Absent: nobody's own card is open here (tests). */
  cards?: OwnCards;
  /** PUBLIC_FORM_URL. */
  origin?: string | undefined;
  disk?: DiskWatch;
  log?: AccessLog;
};

export async function buildFormApp({
  gate,
  https = false,
  trustedProxies,
  disk,
  log,
  cards,
  origin,
}: FormAppParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: 64 * 1024,
    genReqId: () => newId(),
    trustProxy: trustOf({ https, ...(trustedProxies && { trustedProxies }) }),
    ...logRequests(log),
  });
  app.removeContentTypeParser("text/plain");
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest("caller", null);
  answerProblems(app, { gate, languageOf: () => null });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: NONE, styleSrc: SELF, formAction: SELF, frameAncestors: NONE, baseUri: NONE },
    },
    referrerPolicy: { policy: "no-referrer" },
    hsts: https ? { maxAge: 31_536_000 } : false,
  });
  await app.register(rateLimit, {
    max: 300,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { ttl }) => new Problem("tooManyRequests", 429, { seconds: Math.ceil(ttl / 1000) }),
  });
  app.addHook("onSend", async (_, reply, payload) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    return payload;
  });
  writeAccess(app);

  // The API of the form; a person's own page says it beside what they typed (below).
  app.addHook("onRequest", async ({ method, routeOptions: { url } }) => {
    if (method === "POST" && url !== "/") disk?.expectRoom();
  });
  formRoutes(serveOn(app, { gate, callerOf: async () => null, kinds: [], served: [] }), gate);
  app.get("/health", async () => ({ status: "ok" }));
  app.get("/form.css", async (_, reply) =>
    reply.header("cache-control", "public, max-age=3600").type("text/css; charset=utf-8").send(FORM_STYLE),
  );
  app.get("/", async (request, reply) => reply.type(HTML).send(formPage(pageFor(request, newId()))));
  // The whole notice behind the form's short text (GDPR Art. 13): a page of its own with its print style inside.
  app.get("/notice", async (request, reply) => {
    const page = html(documentNow({ gate, proofs: [], served: [] }, "notice", languageOf(request)));
    return reply
      .header(
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      )
      .type(HTML)
      .send(page);
  });
  app.get("/thanks", async (request, reply) => reply.type(HTML).send(thanksPage(pageFor(request, newId()))));
  app.post(
    "/",
    { config: { rateLimit: { max: SUBMISSIONS_PER_MINUTE, timeWindow: 60_000 } } },
    async (request, reply) => {
      const typed = typedIn(request.body);
      const language = languageOf(request);
      const thanks = () => reply.redirect(`/thanks?lang=${language}`, 303);
      // Whatever fills the field that nobody sees is thanked and forgotten.
      if (typed.website) return thanks();
      try {
        disk?.expectRoom();
        await submit(gate, submissionOf(typed, language), request.id);
        return thanks();
      } catch (error) {
        if (!(error instanceof Problem) || !SAID_ON_THE_FORM.has(error.status)) throw error;
        const page = pageFor(request, typed.submission ?? newId());
        const problem = problemTitle(language, error);
        return reply
          .code(error.status)
          .type(HTML)
          .send(formPage({ ...page, typed, problem }));
      }
    },
  );
  if (cards) await app.register(async (own) => ownCardPages(own, { gate, cards, https, origin, languageOf }));
  app.setNotFoundHandler(async () => Promise.reject(notFound()));

  function pageFor(request: FastifyRequest, submission: string): PageParts {
    const { description } = gate.inForce();
    const language = languageOf(request);
    const offer = offerOf(description, language, dayInHelsinki(gate.clock.now()));
    if (!offer) throw notFound();
    const notice = formNotice(description, offer.source, language);
    const company = description.controller.name;
    const open = cards?.served() ?? false;
    return { language, words: words[language], company, offer, notice, cards: open, submission };
  }
  await app.ready();
  return app;
}

function languageOf(request: FastifyRequest): Language {
  const { lang } = request.query as { lang?: unknown };
  return typeof lang === "string" && isLanguage(lang) ? lang : languageAsked(request.headers["accept-language"]);
}

function typedIn(body: unknown): Record<string, string> {
  const entries = Object.entries(typeof body === "object" && body !== null ? body : {});
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof value === "string" && value.trim() !== "" ? [[name, value.trim()]] : [],
    ),
  );
}

/** The urlencoded fields as the API's own body; what does not fit is the same `invalid`. */
function submissionOf(typed: Record<string, string>, language: Language) {
  const { submission, source, website: _, ...rest } = typed;
  const ticked = Object.entries(rest).filter(([name]) => name.startsWith("consent."));
  const values = Object.entries(rest).filter(([name]) => !name.startsWith("consent."));
  const parsed = submitForm.body?.safeParse({
    submission,
    source,
    language,
    values: Object.fromEntries(values),
    consents: Object.fromEntries(ticked.map(([name, version]) => [name.slice("consent.".length), Number(version)])),
  });
  if (!parsed?.success) throw new Problem("invalid", 422);
  return parsed.data;
}
