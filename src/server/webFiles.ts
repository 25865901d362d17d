// The built web: files with a hash in their name are kept for a year by browsers, the page itself never.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { randomToken } from "../keys/token.ts";
import type { Language } from "../values/Language.ts";
import { notFound } from "../values/problem.ts";
import { languageAsked } from "./problemWords.ts";
import { allow, pagePolicy } from "./security.ts";

export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, "index.html"))) {
    app.setNotFoundHandler(async () => Promise.reject(notFound()));
    return;
  }
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const ahead = linksAhead(folder);
  await app.register(staticFiles, {
    root: folder,
    index: false,
    // The page itself is given below, with a nonce of its own each time.
    allowedPath: (path) => !path.endsWith("/index.html"),
    dotfiles: "deny",
    // The build lays a small one beside each (vite.config.ts).
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The build names what it makes by what is in it, and puts it there.
      const hashed = path.startsWith(join(folder, "assets"));
      reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  // Addresses inside the web are the page's own to read.
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (!wantsPage || /^\/(api|health|assets)(\/|$)/.test(request.url)) throw notFound();
    const language = languageAsked(request.headers["accept-language"]);
    return givePage(reply, html.replace("</head>", `  ${ahead(language)}\n  </head>`));
  });
}

/** Links to what the page will ask for when its script runs, so that it comes with the script and not after it. */
function linksAhead(folder: string): (language: Language) => string {
  const file = join(folder, ".vite", "manifest.json");
  // A page that was built without it asks when its script runs.
  const built: Record<string, { file: string; name?: string }> = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : {};
  const files = new Map(Object.values(built).map((each) => [each.name, each.file]));
  return (language) =>
    ["first", `words-${language}`]
      .flatMap((name) => files.get(name) ?? [])
      .map((name) => `<link rel="modulepreload" crossorigin href="/${name}" />`)
      .join("\n    ");
}

/**
 * The page with a nonce that only its own scripts and styles carry (CSP Level 3 section 2.3.1): what a value could smuggle into it does not run. Text
 * becomes code nowhere (Trusted Types) but through the one policy that the page makes itself (web/policy.ts).
 */
async function givePage(reply: FastifyReply, html: string): Promise<FastifyReply> {
  const nonce = randomToken();
  const marked = html
    .replaceAll(/<(script|style|link rel="(?:modulepreload|stylesheet)")/g, `<$1 nonce="${nonce}"`)
    .replace("<head>", `<head>\n    <meta property="csp-nonce" nonce="${nonce}" />`);
  const only = [`'nonce-${nonce}'`];
  await allow(
    reply,
    pagePolicy({
      scriptSrc: [...only, "'strict-dynamic'"],
      styleSrc: ["'self'", ...only],
      imgSrc: ["'self'", "blob:"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ["default"],
    }),
  );
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(marked);
}
