/** Languages that the types of an event can be copied in. */
export const CODE_LANGUAGES = ["typescript", "zod", "go"] as const;
export type CodeLanguage = (typeof CODE_LANGUAGES)[number];

/** `OrderCreated` of `order.created`: a name that every language takes. */
export function typeName(eventType: string): string {
  const words = eventType.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Za-z]/.test(name) ? name : `Event${name}`;
}
