import ipaddr from "ipaddr.js";

/** Global unicast of IPv6; everything outside is local, reserved, or an IPv4 address in disguise. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** Azure's virtual machine agent and metadata answer on this address, which is in no private range. */
const AZURE_HOST = "168.63.129.16";

/**
 * Whether an IP address is reachable over the public internet: not private, loopback, link-local (where clouds
 * serve metadata), shared, reserved, multicast or a way to write one of those. What is not an address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast" || parsed.toString() === AZURE_HOST) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}
