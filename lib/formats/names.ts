/** The shapes of a delivered body, in the order in which forms offer them. */
export const FORMATS = ["envelope", "raw", "cloudevents", "form", "xml", "slack", "discord", "teams"] as const;
export type Format = (typeof FORMATS)[number];
