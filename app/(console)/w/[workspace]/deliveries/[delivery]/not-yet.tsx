export function NotYet() {
  return <p className="text-fg-2 text-sm">Nothing was sent yet. The first attempt will stand here.</p>;
}
