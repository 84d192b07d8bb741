/** What a page may weigh on the first visit, in kB packed: Next and React alone are 138 of it. */
export const SCRIPT_BUDGETS = {
  door: 155,
  form: 200,
  list: 220,
  /** A form with an editor in sight, which comes once the page is idle: 175 of its own. */
  editor: 375,
} as const;
export const HTML_BUDGET = 60;
export const FONT_BUDGET = 55;

export type Kind = keyof typeof SCRIPT_BUDGETS;

/** The places below `/w/{slug}` that are measured, and what they are. */
export const MEASURED: Record<string, Kind> = {
  "/get-started": "form",
  "/overview": "list",
  "/deliveries": "list",
  "/deliveries?status=failed": "list",
  "/events": "list",
  "/endpoints": "list",
  "/endpoints/new": "form",
  "/event-types": "list",
  "/event-types/new": "form",
  "/sources": "list",
  "/sources/new": "form",
  "/sources/new?provider=stripe": "form",
  "/playground": "editor",
  "/playground/signature": "form",
  "/playground/receiver": "form",
  "/settings": "form",
  "/settings/api-keys": "form",
  "/settings/team": "form",
  "/settings/audit-log": "list",
  "/settings/preferences": "form",
  "/settings/security": "form",
};
