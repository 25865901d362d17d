// The built web: files with a hash in their name are kept for a year by browsers, the page itself never.
import { existsSync } from "node:fs";
import { join } from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { notFound } from "../values/problem.ts";

export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, "index.html"))) {
    app.setNotFoundHandler(async () => Promise.reject(notFound()));
    return;
  }
  await app.register(staticFiles, {
    root: folder,
    index: "index.html",
    dotfiles: "deny",
    // The build lays a small one beside each (vite.config.ts).
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = /-[\w-]{8,}(\.\w+){1,2}$/.test(path);
      reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  // Addresses inside the web are the page's own to read.
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (!wantsPage || /^\/(api|health|assets)(\/|$)/.test(request.url)) throw notFound();
    return reply.sendFile("index.html");
  });
}
