/** Where a call goes; `port` is never empty. */
export type Destination = { host: string; port: string };

/**
 * Whether the list of `host`, `host:port` and `host:*` names a destination. Without a port any port is meant;
 * `*.example.com` means every host below it.
 */
export function isAllowedHost(entries: readonly string[], { host, port }: Destination): boolean {
  const name = normal(host);
  return entries.some((entry) => {
    const { host: allowed, port: allowedPort } = splitEntry(entry);
    if (allowedPort !== null && allowedPort !== "*" && allowedPort !== port) return false;
    return allowed.startsWith("*.") ? name.endsWith(allowed.slice(1)) : allowed === name;
  });
}

function splitEntry(entry: string): { host: string; port: string | null } {
  const [, host = entry, port = null] = /^(.*?)(?::(\d+|\*))?$/.exec(entry.toLowerCase()) ?? [];
  return { host: normal(host), port };
}

/** IPv6 without brackets, names without the root's dot. */
const normal = (host: string) =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
