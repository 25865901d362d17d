/** Light squares around the code, without which a reader may not find it (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/** A QR code of rows of "1" for dark; black on white in either scheme, as readers expect it. `className`: "squares" is never printed. */
export function Squares({
  rows,
  label,
  className = "squares",
}: {
  rows: readonly string[];
  label: string;
  className?: string;
}) {
  const side = rows.length + 2 * QUIET;
  const path = rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(
        ({ 0: run, index }) => `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`,
      ),
    )
    .join("");
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      className={className}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
