import dns from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { AppError, isAppError } from "../errors";
import { isPublicAddress } from "./public-address";

const MAX_REDIRECTS = 5;
/** Until the head of the answer is there, and then between two pieces of its body. */
const SILENCE_MS = 30_000;
/** Until the last byte is there: a sender that drips would else keep a worker for ever. */
const LONGEST_MS = 2 * 60 * 60_000;

export type OpenUrlOptions = {
  signal: AbortSignal;
  /** By default the system's resolver. */
  resolve?: (host: string) => Promise<dns.LookupAddress[]>;
  /** Which addresses may be connected to; by default public ones. */
  isPermitted?: (address: string) => boolean;
  silenceMs?: number;
  longestMs?: number;
};

/** A file that an address gives. Its body must be read to the end or left with `return`. */
export type OpenedUrl = {
  body: AsyncGenerator<Uint8Array>;
  /** As announced; undefined when the sender doesn't know it. */
  bytes: number | undefined;
  contentType: string;
  /** As the sender or the address calls it; empty when neither does. */
  fileName: string;
};

/**
 * What is wrong with an address, in words that name the fix, or null: it must be http or https, without a password,
 * and lead to a public host. A host that can't be resolved now passes: it is checked again when it is connected to.
 */
export async function publicUrlProblem(
  address: string,
  options: Omit<OpenUrlOptions, "signal"> = {},
): Promise<string | null> {
  try {
    await resolvePermitted(parse(address), options);
    return null;
  } catch (error) {
    return isAppError(error) && error.code !== "fetch_failed" ? error.message : null;
  }
}

/**
 * Asks an address for a file. Hosts are resolved anew for each connection and each of at most five redirects, and
 * private, loopback, link-local and metadata addresses are never connected to. All of it, the body too, ends after
 * two hours, or when `signal` says so.
 * @throws AppError `forbidden_address`, `invalid_url`, `fetch_failed`; while the body is read too
 */
export async function openPublicUrl(address: string, given: OpenUrlOptions): Promise<OpenedUrl> {
  const limit = limitTime(given.signal, given.longestMs ?? LONGEST_MS);
  try {
    return await follow(address, { ...given, signal: limit.signal }, limit.release);
  } catch (error) {
    limit.release();
    throw error;
  }
}

/** @param onEnd called when the body has been read or left */
async function follow(address: string, options: OpenUrlOptions, onEnd: () => void): Promise<OpenedUrl> {
  let url = parse(address);
  for (let redirects = 0; ; redirects++) {
    const response = await send(url, options);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      if (redirects === MAX_REDIRECTS) throw failed(url, `it redirects more than ${MAX_REDIRECTS} times`);
      url = parse(headers.location, url);
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw failed(url, `it answered ${statusCode}`);
    }
    const coding = headers["content-encoding"] ?? "identity";
    if (coding !== "identity") {
      response.destroy();
      throw failed(
        url,
        `it sends the file compressed (${coding.slice(0, 20)}), although it was asked not to`,
      );
    }
    return {
      body: readBody(response, url, { ...options, onEnd }),
      bytes: lengthOf(headers["content-length"]),
      contentType: headers["content-type"] ?? "",
      fileName: fileNameOf(headers["content-disposition"], url),
    };
  }
}

function parse(address: string, base?: URL): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw invalid("must be an address that starts with http:// or https://");
  if (url.username !== "" || url.password !== "")
    throw invalid("must not hold a user name or password. Download the file and upload it");
  return url;
}

/** Opens one connection; resolves with the head of the answer. */
function send(url: URL, options: OpenUrlOptions): Promise<http.IncomingMessage> {
  const { signal, silenceMs = SILENCE_MS } = options;
  const client = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(signal.aborted ? stopped(url, signal) : asFailure(url, error));
    // A host written as an address is never looked up, so it is looked at here.
    resolveLiteral(url, options);
    const request = client.get(
      url,
      {
        agent: false,
        signal,
        lookup: lookupFor(url, options),
        headers: { "accept-encoding": "identity", "user-agent": "tandem", accept: "*/*" },
      },
      resolve,
    );
    request.setTimeout(silenceMs, () => request.destroy(failed(url, "it does not answer")));
    request.on("error", fail);
  });
}

async function* readBody(
  response: http.IncomingMessage,
  url: URL,
  { signal, onEnd }: OpenUrlOptions & { onEnd: () => void },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response) yield piece;
  } catch (error) {
    if (signal.aborted) throw stopped(url, signal);
    throw asFailure(url, error, "the transfer broke off or fell silent");
  } finally {
    response.destroy();
    onEnd();
  }
}

/**
 * A signal that ends with the given one or after a time. Held by its timer: of `AbortSignal.any` the result may be
 * collected while a request still waits for it, and then never ends.
 */
function limitTime(signal: AbortSignal, ms: number): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(new DOMException("The time is over.", "TimeoutError")), ms);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    },
  };
}

function lookupFor(url: URL, options: OpenUrlOptions): LookupFunction {
  return (_host, wanted, done) => {
    resolvePermitted(url, options).then(
      (addresses) => {
        const family = typeof wanted.family === "number" ? wanted.family : 0;
        const usable = addresses.filter((found) => family === 0 || found.family === family);
        const [first] = usable;
        if (!first) done(failed(url, "it has no address"), []);
        else if (wanted.all) done(null, usable);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, []),
    );
  };
}

type Checks = Omit<OpenUrlOptions, "signal">;

const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

function resolveLiteral(url: URL, { isPermitted = isPublicAddress }: Checks): void {
  const host = bareHost(url);
  if (isIP(host) !== 0 && !isPermitted(host)) throw forbidden(url);
}

async function resolvePermitted(url: URL, checks: Checks): Promise<dns.LookupAddress[]> {
  const { resolve = lookUp, isPermitted = isPublicAddress } = checks;
  resolveLiteral(url, checks);
  const addresses = await resolve(bareHost(url)).catch((error: unknown) => {
    throw asFailure(url, error);
  });
  const permitted = addresses.filter(({ address }) => isPermitted(address));
  if (permitted.length === 0 && addresses.length > 0) throw forbidden(url);
  return permitted;
}

const lookUp = (host: string) => dns.promises.lookup(host, { all: true, verbatim: true });

function lengthOf(header: string | undefined): number | undefined {
  const bytes = Number(header ?? Number.NaN);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
}

function fileNameOf(disposition: string | undefined, url: URL): string {
  const given = /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1];
  const last = given ?? url.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last).slice(0, 300);
  } catch {
    return last.slice(0, 300);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its host is not known",
  EAI_AGAIN: "its host can't be looked up now",
  ECONNREFUSED: "its host refuses the connection",
  ETIMEDOUT: "it does not answer",
};

/** Why a transfer was ended from our side: its time was over, or whatever the caller says. */
function stopped(url: URL, { reason }: AbortSignal): unknown {
  const isOver = reason instanceof DOMException && reason.name === "TimeoutError";
  return isOver ? failed(url, "the transfer takes too long", reason) : reason;
}

function asFailure(url: URL, error: unknown, otherwise = "it can't be reached"): AppError {
  if (isAppError(error)) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return failed(url, REASONS[code] ?? otherwise, error);
}

const failed = (url: URL, what: string, cause?: unknown): AppError =>
  problem(
    "fetch_failed",
    `${url.host}: ${what}. Check the address, or download the file and upload it.`,
    cause,
  );

const forbidden = (url: URL): AppError =>
  problem(
    "forbidden_address",
    `${url.host} is a private or local address, from which this server fetches nothing. Download the file and upload it.`,
  );

const invalid = (what: string): AppError => problem("invalid_url", `The address ${what}.`);

const problem = (code: string, message: string, cause?: unknown): AppError =>
  new AppError(code, message, { errors: [{ path: "url", message }], cause });
