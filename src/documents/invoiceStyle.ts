/** What an invoice adds to the common stylesheet: the two parties side by side, amounts in straight columns. */
export const INVOICE_STYLE = `
header.invoice { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm; align-items: start; }
.party h2 { border: 0; margin: 0 0 1mm; padding: 0; font-size: 9pt; font-weight: 600; color: var(--soft); }
.party address { font-style: normal; margin-bottom: 2mm; }
.party address div:first-child { font-weight: 650; }
main > .party { margin: 6mm 0; }
table.amounts td, table.amounts thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding: 1.4mm 0 1.4mm 3mm; }
table.amounts thead th { white-space: normal; }
table.amounts tbody th { font-weight: 400; }
.total { display: flex; justify-content: space-between; gap: 5mm; border-top: 0.4mm solid var(--ink); padding-top: 2mm; font-size: 13pt; }
.payment { break-inside: avoid; }
.payment dd { font-variant-numeric: tabular-nums; }
.note { font-size: 9pt; color: var(--soft); margin: 0 0 1mm; }
.incomplete { border: 0.6mm solid var(--bad); color: var(--bad); padding: 3mm 4mm; margin: 0 0 6mm; }
@media (max-width: 700px) { header.invoice { grid-template-columns: 1fr; } }
`;
