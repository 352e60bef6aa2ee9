import dns from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "../../net/public-address";
import { LlmError } from "../port";
import { type Destination, isAllowedHost } from "./allowed-hosts";

export type Resolve = (host: string) => Promise<dns.LookupAddress[]>;

export type AddressGuard = {
  /**
   * The addresses that `url` may be reached at, resolved now.
   * @throws LlmError `forbidden_address` when none is permitted, or the resolver's error
   */
  resolve(url: URL): Promise<dns.LookupAddress[]>;
  /** Throws for a host that is written as a forbidden address: such a host is never looked up. */
  requirePermittedLiteral(url: URL): void;
  /** For `http.request`: the socket connects to what this returns, so the check holds at connect too. */
  lookupFor(url: URL): LookupFunction;
};

export type AddressGuardOptions = {
  /** Entries of TANDEM_LLM_ALLOWED_HOSTS. */
  allowedHosts: readonly string[];
  /** Origins the administrator configured; never checked. */
  trustedOrigins: readonly string[];
  resolve?: Resolve;
};

const resolveAll: Resolve = (host) => dns.promises.lookup(host, { all: true, verbatim: true });

/** Keeps agents from calling private, loopback, link-local and metadata addresses. */
export function createAddressGuard({
  allowedHosts,
  trustedOrigins,
  resolve: lookUp = resolveAll,
}: AddressGuardOptions): AddressGuard {
  const isFree = (url: URL) =>
    trustedOrigins.includes(url.origin) || isAllowedHost(allowedHosts, destination(url));
  const isPermitted = (url: URL, address: string) =>
    isPublicAddress(address) || isAllowedHost(allowedHosts, { ...destination(url), host: address });

  const requirePermittedLiteral = (url: URL) => {
    const host = bareHost(url);
    if (isIP(host) !== 0 && !isFree(url) && !isPermitted(url, host)) throw forbidden(url);
  };
  const resolve = async (url: URL) => {
    requirePermittedLiteral(url);
    const addresses = await lookUp(bareHost(url));
    const permitted = isFree(url) ? addresses : addresses.filter(({ address }) => isPermitted(url, address));
    if (permitted.length === 0 && addresses.length > 0) throw forbidden(url);
    return permitted;
  };
  return {
    resolve,
    requirePermittedLiteral,
    lookupFor: (url) => (_host, options, done) => {
      resolve(url).then(
        (addresses) => {
          const family = typeof options.family === "number" ? options.family : 0;
          const usable = addresses.filter((found) => family === 0 || found.family === family);
          const [first] = usable;
          if (!first) done(new LlmError("connection", `${url.hostname} has no address.`), []);
          else if (options.all) done(null, usable);
          else done(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => done(error, []),
      );
    },
  };
}

function forbidden(url: URL): LlmError {
  return new LlmError(
    "forbidden_address",
    `${url.host} is a private or local address, which agents may not call. An administrator of this server can allow it in TANDEM_LLM_ALLOWED_HOSTS.`,
  );
}

const bareHost = (url: URL) => url.hostname.replace(/^\[|\]$/g, "");

function destination(url: URL): Destination {
  return { host: url.hostname, port: url.port || (url.protocol === "https:" ? "443" : "80") };
}
