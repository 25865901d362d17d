/** The print stylesheet of every page that leaves the program: A4 first, calm on a screen, marks told by shape and word before colour. */
export const STYLE = `
:root { --ink: #1d2433; --soft: #556074; --line: #d9dee7; --good: #1c6b45; --bad: #b3171f; --wait: #8a5a00; --tint: #f6f8fb; color-scheme: light; }
* { box-sizing: border-box; }
html { background: #eceff4; }
body { margin: 0 auto; max-width: 210mm; padding: 18mm 18mm 22mm; background: #fff; color: var(--ink);
  font: 10pt/1.45 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", sans-serif; hyphens: auto; overflow-wrap: break-word; }
h1 { font-size: 21pt; line-height: 1.2; margin: 0 0 4mm; letter-spacing: -0.01em; hyphens: manual; }
h2 { font-size: 13pt; line-height: 1.3; margin: 9mm 0 2.5mm; padding-bottom: 1mm; border-bottom: 0.4mm solid var(--ink); break-after: avoid; hyphens: manual; }
p { margin: 0 0 2mm; }
header { border-bottom: 0.2mm solid var(--line); padding-bottom: 5mm; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.6mm 5mm; margin: 0 0 4mm; font-size: 9.5pt; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
dl.legend { display: grid; grid-template-columns: max-content 1fr; gap: 0.8mm 4mm; margin: 3mm 0 0; padding: 3mm 4mm; background: var(--tint); font-size: 9pt; line-height: 1.4; }
dl.legend dt { font-weight: 600; }
dl.legend dd { margin: 0; }
ol.statements { list-style: none; margin: 0; padding: 0; }
ol.statements > li { display: grid; grid-template-columns: 1fr 50mm; gap: 0 8mm; padding: 1.3mm 0; border-bottom: 0.15mm solid var(--line); break-inside: avoid; }
ol.statements > li:last-child { border-bottom: 0; }
ol.plain > li { grid-template-columns: 1fr; }
li.sub > .said { padding-left: 5mm; }
.term { font-weight: 650; }
.kept { font-size: 8.5pt; line-height: 1.4; color: var(--soft); hyphens: manual; }
.kept::before { display: inline-block; width: 4mm; margin-left: -4mm; font-weight: 700; }
.proven { color: var(--good); } .proven::before { content: "✓"; }
.notYet { color: var(--wait); } .notYet::before { content: "○"; }
.nothing::before { content: "·"; }
.failed { color: var(--bad); font-weight: 650; } .failed::before { content: "✕"; }
.task::before { content: "▸"; } .declared::before { content: "–"; } .outside::before { content: "↗"; }
.added { display: block; margin: 0.8mm 0 0; padding-left: 3mm; border-left: 0.6mm solid var(--line); font-size: 8.8pt; line-height: 1.4; color: var(--soft); }
.unknown { background: #fff3cf; font-style: normal; }
.warning { color: var(--bad); font-weight: 650; }
table { width: 100%; border-collapse: collapse; margin: 2mm 0 4mm; font-size: 9.2pt; line-height: 1.4; hyphens: auto; }
caption { text-align: left; font-size: 9pt; color: var(--soft); padding-bottom: 1mm; }
th, td { text-align: left; vertical-align: top; padding: 1.4mm 3mm 1.4mm 0; border-bottom: 0.15mm solid var(--line); }
thead th { border-bottom: 0.3mm solid var(--ink); font-weight: 650; }
tr { break-inside: avoid; }
.picture figure { width: min(297mm, 100vw - 12mm); margin: 3mm calc((100% - min(297mm, 100vw - 12mm)) / 2) 0; padding: 5mm; background: #fff; }
.picture svg { display: block; width: 100%; height: auto; }
.picture figcaption { margin-top: 2mm; font-size: 9pt; color: var(--soft); }
@media (max-width: 700px) {
  .picture figure { overflow-x: auto; padding: 0; }
  .picture svg { width: 900px; }
  body { padding: 6mm 5mm 12mm; }
  ol.statements > li { grid-template-columns: 1fr; }
  .kept { padding-left: 4mm; margin-top: 1mm; }
  dl.facts, dl.legend { grid-template-columns: 1fr; gap: 0; } dl.facts dd, dl.legend dd { margin-bottom: 1.5mm; }
  .wide { overflow-x: auto; }
}
@page { size: A4; margin: 16mm 17mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt "Segoe UI", Arial, "Liberation Sans", sans-serif; color: #556074; } }
@page picture { size: A4 landscape; margin: 11mm 12mm; }
@media print { .picture { page: picture; } .picture h2 { margin-top: 0; } .picture figure { width: 100%; margin: 0; padding: 0; } .picture svg { max-height: 150mm; } }
@media print { html { background: none; } body { max-width: none; padding: 0; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
