// Mail out by a relay, over TLS or not at all.
import { createTransport, type Transporter } from "nodemailer";
import type { Options } from "nodemailer/lib/smtp-transport/index.js";
import { isLoopback } from "../../values/hosts.ts";

export type Letter = { to: string; subject: string; text: string };
export type Mail = {
  /** One letter to one reader: nobody sees another's address. Rejects where the relay did not take it. */
  send(letter: Letter): Promise<void>;
  close(): void;
};

const TIMEOUT_MS = 20_000;

/**
 * What the transport does about TLS: `smtps:` from the first byte, `smtp:` only after STARTTLS (RFC 3207), without falling back when somebody on the way
 * strips the offer; the certificate is checked. A relay on this machine is reached as it is: nothing is on the way.
 */
export function optionsFor(smtpUrl: string, ca?: string): Options {
  const url = new URL(smtpUrl);
  const direct = url.protocol === "smtps:";
  const here = isLoopback(url.hostname);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return {
    host,
    port: url.port === "" ? (direct ? 465 : 587) : Number(url.port),
    secure: direct,
    requireTLS: !direct && !here,
    ignoreTLS: !direct && here,
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    ...(url.username === ""
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** `ca`: a certificate authority of the relay's own (PEM), beside those that Node knows. */
export function openMail({ url, from, ca }: { url: string; from: string; ca?: string }): Mail {
  const transport: Transporter = createTransport(optionsFor(url, ca));
  return {
    async send({ to, subject, text }) {
      // Another program's answering machine must not answer (RFC 3834).
      const headers = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };
      await transport.sendMail({ from, to, subject, text, headers, xMailer: false });
    },
    close: () => transport.close(),
  };
}
