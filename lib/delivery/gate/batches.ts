/**
 * Cuts what is chosen into batches, oldest first. A last one that is not full waits until its oldest is due.
 * @param size null: each goes alone
 */
export function groupsOf<T>(
  rows: T[],
  size: number | null,
  dueInMs: (row: T) => number,
): { groups: T[][]; againInMs: number | null } {
  if (size === null) return { groups: rows.map((row) => [row]), againInMs: null };
  const groups: T[][] = [];
  for (let start = 0; start < rows.length; start += size) {
    const group = rows.slice(start, start + size);
    const wait = group.length === size ? 0 : Math.min(...group.map(dueInMs));
    if (wait > 0) return { groups, againInMs: wait };
    groups.push(group);
  }
  return { groups, againInMs: null };
}
