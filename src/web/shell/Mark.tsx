/** Three streams into one point: the data moves one way. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#10524f" />
      <path
        d="M7 11c5 0 5 5 9 5s4-5 9-5M7 19c5 0 5 3.5 9 3.5s4-3.5 9-3.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="16" cy="16" r="2.6" fill="#f2b84b" />
    </svg>
  );
}
