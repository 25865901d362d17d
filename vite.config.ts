import { existsSync, globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const web = fileURLToPath(new URL("src/web", import.meta.url));

// One page for the staff and one for the public form, each served on a port of its own: two origins that share no session.
const pages = existsSync(web) ? globSync("*.html", { cwd: web }).map((name) => `${web}/${name}`) : [];

export default defineConfig({
  root: web,
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("dist/web", import.meta.url)),
    emptyOutDir: true,
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    target: "es2023",
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
  // `vite` beside a running server: the pages change as they are written.
  server: { proxy: { "/api": `http://127.0.0.1:${process.env.PORT || "4700"}` } },
});
