/** How far back a list looks, in hours; null = as far as there is anything. */
export const LIST_SPANS = {
  "15m": { label: "Last 15 min", hours: 0.25 },
  "1h": { label: "Last hour", hours: 1 },
  "24h": { label: "Last 24 h", hours: 24 },
  "7d": { label: "Last 7 days", hours: 168 },
  "30d": { label: "Last 30 days", hours: 720 },
  all: { label: "Any time", hours: null },
} as const;

export const RANGE_WORDS = Object.keys(LIST_SPANS);
