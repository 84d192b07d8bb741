/** What became of somebody's other sessions. */
export function signedOut(count: number): string {
  if (count === 0) return "You were not signed in anywhere else.";
  return `You are signed out of ${count === 1 ? "1 other browser" : `${count} other browsers`}.`;
}
