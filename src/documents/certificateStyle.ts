/** Ids, hashes and signatures are for machines: small, in one width, broken anywhere. */
export const CERTIFICATE_STYLE = `
pre, .hex { font: 8pt/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; white-space: pre-wrap; hyphens: none; }
pre { margin: 1mm 0 3mm; padding: 2mm 3mm; background: var(--tint); }
`;
