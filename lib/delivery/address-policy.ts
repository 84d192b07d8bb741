import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";
import { type Environment, env, isLoopbackHost } from "../env.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = [Address, number];

/** What deliveries may reach besides the public internet, and which of our own doors they never may. */
export type AddressPolicy = {
  allowed: Cidr[];
  /** Ports on this machine that are ours: the web process and the built-in receiver. */
  ownPorts: number[];
  /** Refused wherever an address is not public. */
  databasePorts: number[];
};

const LOOPBACK = ["127.0.0.0/8", "::1/128"];
/** Never, whatever the operator allows: they hand out credentials. */
const METADATA = ["169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200", "192.0.0.192"];
const METADATA_V6 = ["fd00:ec2::254", "fd20:ce::254"];
const PUBLIC_V6 = ipaddr.parseCIDR("2000::/3");
/** Inside 2000::/3, but protocol assignments, documentation, 6to4 and documentation again. */
const SPECIAL_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map((cidr) => ipaddr.parseCIDR(cidr));

export function addressPolicy(
  environment: Pick<
    Environment,
    "HOST" | "PORT" | "RECEIVER_PORT" | "DATABASE_URL" | "DATABASE_DIRECT_URL" | "DELIVERY_ALLOW_CIDRS"
  >,
): AddressPolicy {
  const { HOST, PORT, RECEIVER_PORT, DATABASE_URL, DATABASE_DIRECT_URL, DELIVERY_ALLOW_CIDRS } = environment;
  const open = [...DELIVERY_ALLOW_CIDRS, ...(isLoopbackHost(HOST) ? LOOPBACK : [])];
  return {
    allowed: open.map((cidr) => ipaddr.parseCIDR(cidr)),
    ownPorts: [PORT, RECEIVER_PORT ?? 0].filter((port) => port > 0),
    databasePorts: [DATABASE_URL, DATABASE_DIRECT_URL].flatMap((url) => (url ? Number(new URL(url).port || 5432) : [])),
  };
}

let policyOfThisProcess: AddressPolicy | undefined;

/** The policy that this process's environment asks for. */
export function currentAddressPolicy(): AddressPolicy {
  policyOfThisProcess ??= addressPolicy(env());
  return policyOfThisProcess;
}

/** Whether deliveries must not connect to an address. Text that is no address is forbidden. */
export function isForbiddenAddress(address: string, policy: AddressPolicy = currentAddressPolicy()): boolean {
  if (!ipaddr.isValid(address)) return true;
  const parsed = ipaddr.parse(address);
  if (isMetadata(parsed)) return true;
  return !isPublic(parsed) && !policy.allowed.some((cidr) => isWithin(parsed, cidr));
}

/** Why a connection to this address and port is refused, in words, or null. */
export function refusal(address: string, port: number, policy: AddressPolicy = currentAddressPolicy()): string | null {
  if (isForbiddenAddress(address, policy)) return `${address} is not a public address; deliveries may not reach it`;
  const parsed = ipaddr.parse(address);
  if (policy.databasePorts.includes(port) && !isPublic(parsed)) return `${address}:${port} is Posthorn's own database`;
  if (policy.ownPorts.includes(port) && isThisMachine(parsed)) return `${address}:${port} is Posthorn itself`;
  return null;
}

function isMetadata(address: Address): boolean {
  const text = connectedTo(address).toNormalizedString();
  return METADATA.includes(text) || METADATA_V6.some((known) => ipaddr.parse(known).toNormalizedString() === text);
}

/** Where a connection ends: an IPv4 address mapped into IPv6, or behind NAT64, is that IPv4 address. */
function connectedTo(address: Address): Address {
  const wraps = ["ipv4Mapped", "rfc6052"].includes(address.range());
  return wraps ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

function isPublic(address: Address): boolean {
  if (address.kind() === "ipv4") return address.range() === "unicast";
  return isWithin(address, PUBLIC_V6) && !SPECIAL_V6.some((cidr) => isWithin(address, cidr));
}

function isWithin(address: Address, [network, bits]: Cidr): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
  return network instanceof ipaddr.IPv6 && address.match(network, bits);
}

function isThisMachine(address: Address): boolean {
  if (address.range() === "loopback" || address.range() === "unspecified") return true;
  const text = address.toNormalizedString();
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .some((own) => ipaddr.isValid(own.address) && ipaddr.parse(own.address).toNormalizedString() === text);
}

export type UrlVerdict = { ok: true; url: URL } | { ok: false; problem: string };

/** Ports on which something else than HTTP listens: the list of the Fetch standard, and databases and caches. */
const OTHER_PROTOCOLS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445, 465, 512, 513, 514, 515, 526, 530, 531,
  532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2379, 2380,
  3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5672, 5900, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
  6697, 9042, 9092, 10080, 10250, 11211, 27017,
]);

const LOCALHOST = /^(localhost|localhost6|ip6-localhost|ip6-loopback|localhost\.localdomain|localhost6\.localdomain6)$/;
const INTERNAL = /\.(internal|local|localdomain|home\.arpa|lan|intranet|corp)$/;

/**
 * What can be said about an endpoint's URL when it is saved. Names are looked up only when connecting, where every
 * address is checked again; a name that is fine here may be refused there.
 */
export function checkUrl(text: string, policy: AddressPolicy = currentAddressPolicy()): UrlVerdict {
  const url = plainHttpUrl(text);
  if (!url) return { ok: false, problem: "Give an absolute URL that starts with https:// or http://" };
  const problem = partsProblem(url) ?? hostProblem(url, policy);
  return problem ? { ok: false, problem } : { ok: true, url };
}

/** Only the plain form: what URL parsers would silently repair (backslashes, tabs, missing or extra slashes) is refused. */
function plainHttpUrl(text: string): URL | null {
  if (!/^https?:\/\/[^/\\]/i.test(text) || /[\s\\\p{Cc}]/u.test(text)) return null;
  return URL.canParse(text) ? new URL(text) : null;
}

function partsProblem(url: URL): string | null {
  if (url.username || url.password) return "Leave out user name and password; use a header for credentials";
  if (url.hash) return "Leave out the part after #; it is never sent";
  if (OTHER_PROTOCOLS.has(portOf(url))) return `Port ${portOf(url)} belongs to another protocol than HTTP`;
  return null;
}

export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === "https:" ? 443 : 80));
}

/** A URL's host without the brackets of IPv6 and without one trailing dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}

function hostProblem(url: URL, policy: AddressPolicy): string | null {
  const host = hostOf(url);
  if (host === "" || host.endsWith(".")) return "The host name is not complete";
  if (isIP(host)) return refusal(host, portOf(url), policy);
  if (LOCALHOST.test(host) || host.endsWith(".localhost")) return refusal("127.0.0.1", portOf(url), policy);
  if (host.endsWith(".posthorn.internal")) return `${host} is reserved`;
  // A name of a private network makes sense only where the operator has opened one.
  const opened = policy.allowed.some(([network]) => network.range() !== "loopback");
  if (INTERNAL.test(host) && !opened) return `${host} is a name of a private network; deliveries may not reach it`;
  return null;
}
