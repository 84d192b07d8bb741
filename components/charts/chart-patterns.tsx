/** What fills the marks of charts for people who want them told apart without colour (see globals.css). */
export function ChartPatterns() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <defs>
        <pattern id="pattern-retry" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" className="[fill:var(--color-chart-retry)]" />
          <circle cx="2" cy="2" r="1" className="[fill:var(--color-bg)]" />
        </pattern>
        <pattern id="pattern-pending" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" className="[fill:var(--color-chart-pending)]" />
          <path d="M0 3.5H4" className="stroke-bg" />
        </pattern>
      </defs>
    </svg>
  );
}
