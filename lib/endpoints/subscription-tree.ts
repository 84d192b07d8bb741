/** Event types as a form shows them: grouped by what stands before the first dot, with what is chosen. */
export type TreeType = { name: string; perDay: number };

export type TreeLeaf = TreeType & {
  /** Named by itself. */
  chosen: boolean;
  /** Wanted because of a pattern that is chosen. */
  covered: boolean;
};

export type TreeGroup = {
  /** `order.*`; null for a type without a dot, which stands alone. */
  pattern: string | null;
  /** The pattern itself is chosen: these types, and future ones. */
  chosen: boolean;
  types: TreeLeaf[];
  perDay: number;
};

export function subscriptionTree(types: readonly TreeType[], subscriptions: readonly string[]): TreeGroup[] {
  return groupByPrefix(types).map(({ pattern, types: members }) => {
    const leaves = members.map((type) => ({
      ...type,
      chosen: subscriptions.includes(type.name),
      covered: subscriptions.some((pattern) => pattern !== type.name && covers(pattern, type.name)),
    }));
    return {
      pattern,
      chosen: pattern !== null && subscriptions.includes(pattern),
      types: leaves,
      perDay: leaves.reduce((sum, { perDay }) => sum + perDay, 0),
    };
  });
}

/** What the tree has no box for: deeper patterns, and types that do not exist yet. */
export function extraPatterns(types: readonly { name: string }[], subscriptions: readonly string[]): string[] {
  const boxes = new Set(types.flatMap(({ name }) => [name, patternOf(name)]));
  return subscriptions.filter((subscription) => !boxes.has(subscription));
}

/** Drops doubles and what a pattern beside it covers already. */
export function simplifySubscriptions(subscriptions: readonly string[]): string[] {
  const distinct = [...new Set(subscriptions)];
  return distinct.filter((name) => !distinct.some((pattern) => pattern !== name && covers(pattern, name)));
}

/** Whether a subscription wants a name: exactly, or at any depth below `a.*`. A pattern covers narrower patterns too. */
export function covers(subscription: string, name: string): boolean {
  if (subscription === name) return true;
  return subscription.endsWith(".*") && name.startsWith(subscription.slice(0, -1));
}

/** Whether an endpoint with these subscriptions gets events of a type. None means all. */
export function wants(subscriptions: readonly string[], type: string): boolean {
  return subscriptions.length === 0 || subscriptions.some((subscription) => covers(subscription, type));
}

/** The types an endpoint gets now. */
export function wantedTypes<T extends { name: string }>(types: readonly T[], subscriptions: readonly string[]): T[] {
  return types.filter(({ name }) => wants(subscriptions, name));
}

const SMALL_NUMBERS = ["none", "the one", "both", "all three", "all four", "all five"];

/** What a group's box means, in words. */
export function groupSummary({ chosen, types }: TreeGroup): string {
  const wanted = types.filter((type) => type.chosen || type.covered).length;
  if (chosen) return `${SMALL_NUMBERS[types.length] ?? `all ${types.length}`}, and future ones`;
  if (wanted > 0) return `${wanted} of ${types.length}, no future ones`;
  return types.length === 1 ? "1 type" : `${types.length} types`;
}

/** Names grouped by what stands before the first dot, in the order of the alphabet. */
export function groupByPrefix<T extends { name: string }>(
  items: readonly T[],
): { prefix: string; pattern: string | null; types: T[] }[] {
  const groups = Map.groupBy(
    [...items].sort((a, b) => (a.name < b.name ? -1 : 1)),
    ({ name }) => patternOf(name) ?? name,
  );
  return [...groups].map(([key, types]) => {
    const pattern = key.endsWith(".*") ? key : null;
    return { prefix: pattern ? pattern.slice(0, -2) : key, pattern, types };
  });
}

function patternOf(name: string): string | null {
  const dot = name.indexOf(".");
  return dot > 0 ? `${name.slice(0, dot)}.*` : null;
}
