/**
 * A refusal that the caller can understand (RFC 9457). `code` is a key of `locales/<language>/problems.json`; `facts` fill its placeholders.
 * Never personal data in either: a problem is logged, printed and sent.
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(code: string, status: number, facts: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.name = "Problem";
    this.code = code;
    this.status = status;
    this.facts = facts;
  }
}

export const notFound = () => new Problem("notFound", 404);
export const invalid = (code: string, facts: Record<string, string | number> = {}) =>
  new Problem(`invalid.${code}`, 422, facts);
