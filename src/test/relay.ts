// A mail relay (smtp-server) that keeps every letter it is given.
import { after } from "node:test";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** Listens until the tests of the file have ended. `letters`: as they came over the wire; `secure`: whether each came over TLS. */
export async function relay(options: SMTPServerOptions = { disabledCommands: ["AUTH"] }, host = "127.0.0.1") {
  const letters: string[] = [];
  const secure: boolean[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    ...options,
    onData(stream, session, done) {
      let text = "";
      stream.on("data", (chunk) => {
        text += chunk;
      });
      stream.on("end", () => {
        letters.push(text);
        secure.push(session.secure);
        done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((done) => server.listen(0, host, done));
  after(() => new Promise<void>((done) => server.close(() => done())));
  const address = server.server.address();
  return { letters, secure, port: typeof address === "object" && address !== null ? address.port : 0 };
}
