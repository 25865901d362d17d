import { invalid } from "./problem.ts";

declare const emailBrand: unique symbol;

/** An e-mail address in lower case, its domain in ASCII (xn--…). */
export type Email = string & { readonly [emailBrand]: true };

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;

/**
 * True for one plain normalised address: dot-atom @ domain name (RFC 5321 without quoted names, comments and address literals).
 * What is refused could carry a second recipient or a header line into a message.
 */
export function isEmail(text: string): text is Email {
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  return at > 0 && at <= 64 && text.length <= 254 && localPart.test(local) && domainName.test(domain);
}

/** The domain in ASCII by the rules of URLs, or empty when it is no domain at all. */
function asciiDomain(domain: string): string {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return "";
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : "";
}

/**
 * Trims, lowers (no mail system we meet tells mailboxes apart by case, and a duplicate customer would be worse) and writes the domain in ASCII.
 * @throws Problem `invalid.email`
 */
export function parseEmail(text: string): Email {
  const trimmed = text.length > 320 ? "" : text.trim();
  const at = trimmed.lastIndexOf("@");
  const normal = `${trimmed.slice(0, Math.max(at, 0)).toLowerCase()}@${asciiDomain(trimmed.slice(at + 1))}`;
  if (!isEmail(normal)) throw invalid("email");
  return normal;
}
