import ipaddr from "ipaddr.js";

/** Whether an address lies in one of the ranges; without ranges every address does. What cannot be read lies in none. */
export function isFrom(address: string | null, cidrs: readonly string[]): boolean {
  if (cidrs.length === 0) return true;
  if (address === null || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return cidrs.some((cidr) => {
    if (!ipaddr.isValidCIDR(cidr)) return false;
    const [range, bits] = ipaddr.parseCIDR(cidr);
    return range.kind() === parsed.kind() && parsed.match(range, bits);
  });
}
