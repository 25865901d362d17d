import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { IntlMessageFormat } from "intl-messageformat";
import { defineConfig, type Plugin } from "vite";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const web = file("src/web");

// One page for the staff and one for the public form, each served on a port of its own: two origins that share no session.
const pages = existsSync(web) ? globSync("*.html", { cwd: web }).map((name) => `${web}/${name}`) : [];

/** What whoever signs in sees first. The server and the browser are told of it by this name. */
const FIRST = "first";

/** Takes sentences apart while the web is built, so that their parser stays behind. One with nothing to fill in stays a text. */
const sentences = (): Plugin => ({
  name: "sentences",
  enforce: "pre",
  transform: {
    filter: { id: /\/locales\/\w+\/\w+\.json$/ },
    handler: (json) => {
      const parts = Object.entries<string>(JSON.parse(json)).map(([key, text]) => {
        const ast = new IntlMessageFormat(text, "en", undefined, { ignoreTag: true }).getAst();
        const [first] = ast;
        return [key, ast.length === 1 && first?.type === 0 ? first.value : ast];
      });
      return JSON.stringify(Object.fromEntries(parts));
    },
  },
});

/**
 * Nearly all of these runs before the first page stands: the browser compiles it while it comes, beside the page's own thread (V8's explicit compile
 * hints; others read a comment). Last of all, so that nothing comes before it.
 */
const wholeAtOnce = (): Plugin => ({
  name: "wholeAtOnce",
  generateBundle: {
    order: "post",
    handler: (_, bundle) => {
      for (const chunk of Object.values(bundle))
        if (chunk.type === "chunk" && (chunk.isEntry || chunk.name === FIRST))
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
    },
  },
});

/** Beside each file of the pages, the same one small: made once, not at every request. */
const small = (): Plugin => ({
  name: "small",
  writeBundle: ({ dir = "" }, bundle) => {
    for (const name of Object.keys(bundle).filter((each) => /\.(js|css)$/.test(each))) {
      const whole = readFileSync(join(dir, name));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(whole, { level: 9 }));
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(whole));
    }
  },
});

export default defineConfig({
  root: web,
  plugins: [react(), sentences(), wholeAtOnce(), small()],
  resolve: {
    alias: [
      { find: /^zod$/, replacement: file("src/web/schemas.ts") },
      { find: /^@formatjs\/icu-messageformat-parser$/, replacement: file("src/web/words/parts.ts") },
    ],
  },
  build: {
    outDir: file("dist/web"),
    emptyOutDir: true,
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    target: "es2023",
    modulePreload: { polyfill: false },
    // From it the server knows what the first page will need (server/webFiles.ts).
    manifest: true,
    rolldownOptions: {
      input: pages,
      // The entry names every file that a page may need: what they are called is paid for by whoever opens the first one.
      output: {
        chunkFileNames: "assets/[hash].js",
        codeSplitting: {
          groups: [
            { name: "entry", tags: ["$initial"], priority: 2 },
            // What whoever signs in sees first comes as one, and so do the words of a language: each file on its own is one more to wait for.
            { name: FIRST, test: /src\/web\/(shell\/Gate|home\/(HomePage|parts))\.tsx?$/, priority: 1 },
            {
              name: (id) => `words-${/locales\/(\w+)/.exec(id)?.[1]}`,
              debugName: "words",
              test: /\/locales\/\w+\/(web|problems|rights)\.json$/,
            },
          ],
        },
      },
    },
  },
  // `vite` beside a running server: the pages change as they are written.
  server: { proxy: { "/api": `http://127.0.0.1:${process.env.PORT || "4700"}` } },
});
