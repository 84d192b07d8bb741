const LINES = Array.from({ length: 13 }, (_, index) => index);
const GAP = 7;
const SPREAD = 57;
const BEND = 18.7;

/** Coil, tube and bell of the mark as thirteen hairlines. */
export function GateArt() {
  return (
    <div className="relative overflow-hidden border-l bg-surface max-lg:hidden">
      <svg
        aria-hidden="true"
        viewBox="0 0 720 900"
        preserveAspectRatio="xMidYMid slice"
        className="absolute inset-0 size-full fill-none stroke-border-strong"
      >
        {LINES.map((line) => (
          <circle key={line} cx="300" cy="470" r={232 - line * GAP} />
        ))}
        {LINES.map((line) => (
          <path key={line} d={tube(line)} />
        ))}
      </svg>
    </div>
  );
}

function tube(line: number): string {
  const y = 238 + line * GAP;
  const bend = 280 - (6 - line) * BEND;
  return `M-40 ${y}H340C520 ${y} 630 ${bend.toFixed(1)} 760 ${280 - (6 - line) * SPREAD}`;
}
