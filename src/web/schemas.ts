// Stands in for zod in the browser (vite.config.ts). There a contract's schemas are only types: the server has held its answer against the same
// contract, and forty kilobytes before the first page to do so twice would be paid for by everybody with a slow phone.

/** Every schema of every contract: whatever is asked of it is it again, and it lets everything through. Only a closed list knows its words. */
const schema = (options?: readonly string[]): object =>
  new Proxy(() => undefined, {
    get: (_, name) => {
      if (name === "safeParse") return pass;
      if (name === "options") return options;
      if (name === "enum") return schema;
      return typeof name === "string" ? any : undefined;
    },
    apply: () => any,
  });
const pass = (data: unknown) => ({ success: true, data });
const any = schema();

export { any as z };
