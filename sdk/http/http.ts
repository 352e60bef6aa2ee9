import { TandemError } from "../tandem-error";
import { pause, startDeadline } from "./pause";
import { readProblem } from "./read-problem";
import { retryWait } from "./retry-wait";

export type HttpSettings = {
  /** Of the instance, as in `https://tandem.example.org`. */
  url: string;
  token?: string | undefined;
  /** Milliseconds for one try of a call; of a file or a stream until it begins. 0: no end. By default a minute. */
  timeoutMs?: number | undefined;
  /** How often a call is made again after it was refused by 429 or got no answer. By default 4. */
  retries?: number | undefined;
  /** Another `fetch`, as for a proxy. */
  fetch?: typeof fetch | undefined;
};

/** What every call takes. */
export type CallOptions = { signal?: AbortSignal | undefined; timeoutMs?: number | undefined };

type QueryValue = string | number | boolean | readonly string[] | null | undefined;
export type QueryValues = Readonly<Record<string, QueryValue>>;

/** A body that is sent as it is. */
export type RawBody = {
  content: BodyInit;
  type: string;
  /** It can be sent again: a stream can't. */
  isRepeatable: boolean;
};

type Call = CallOptions & {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v1`. */
  path: string;
  query?: QueryValues | undefined;
  /** Sent as JSON. */
  body?: unknown;
  file?: RawBody | undefined;
  accept?: string | undefined;
  retries?: number | undefined;
  /** Goes without an Idempotency-Key and is not sent again when no answer came: it holds a password. */
  isSecret?: boolean | undefined;
};

export type Http = {
  /** @returns the answer's body; undefined when it has none */
  json<T>(call: Call): Promise<T>;
  /** @returns the answer, whose body is not read yet */
  open(call: Call): Promise<Response>;
};

const TIMEOUT_MS = 60_000;
const RETRIES = 4;

/**
 * Speaks REST v1: one token, problems as TandemError, the same call again where that is safe.
 * @param wait for tests: what stands between two tries
 */
export function createHttp(settings: HttpSettings, wait: typeof pause = pause): Http {
  const { token, timeoutMs = TIMEOUT_MS, retries = RETRIES } = settings;
  const base = `${settings.url.replace(/\/+$/, "")}/api/v1`;
  const send = settings.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));

  async function make<T>(call: Call, read: (response: Response) => Promise<T>): Promise<T> {
    const key = call.method === "POST" && !call.isSecret ? newKey() : undefined;
    const repeatable = {
      isSafe: call.method === "GET" || call.method === "PUT" || key !== undefined,
      isKeyed: key !== undefined,
      hasBody: call.file?.isRepeatable ?? true,
    };
    for (let tried = 1; ; tried++) {
      try {
        return await makeOnce(call, key, read);
      } catch (error) {
        if (!(error instanceof TandemError) || tried > (call.retries ?? retries)) throw error;
        const ms = retryWait(error, repeatable, tried);
        if (ms === null) throw error;
        await wait(ms, call.signal);
      }
    }
  }

  async function makeOnce<T>(call: Call, key: string | undefined, read: (response: Response) => Promise<T>) {
    call.signal?.throwIfAborted();
    const deadline = startDeadline(call.timeoutMs ?? timeoutMs, call.signal);
    try {
      const response = await send(`${base}${call.path}${searchOf(call.query)}`, {
        method: call.method,
        headers: headersOf(call, token, key),
        signal: deadline.signal,
        // A cookie is no credential here, and none is wanted.
        credentials: "omit",
        ...bodyOf(call),
      });
      if (!response.ok) throw await readProblem(response);
      return await read(response);
    } catch (error) {
      if (error instanceof TandemError) throw error;
      call.signal?.throwIfAborted();
      throw noAnswer(call, deadline.isOver(), error);
    } finally {
      deadline.lift();
    }
  }

  return {
    json: (call) => make(call, readJson),
    open: (call) => make(call, async (response) => response),
  };
}

function noAnswer({ method, path }: Call, isLate: boolean, cause: unknown): TandemError {
  const what = `${method} ${path}`;
  return isLate
    ? new TandemError({ status: 0, code: "timeout", detail: `${what} was not answered in time.`, cause })
    : new TandemError({
        status: 0,
        code: "network",
        detail: `${what} got no answer: ${reasonOf(cause)}.`,
        cause,
      });
}

/** `fetch` says "fetch failed" and keeps the reason inside. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function readJson(response: Response) {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = `The answer of ${response.url} is not JSON. Is that the address of a Tandem server?`;
    throw new TandemError({ status: response.status, code: "bad_answer", detail, cause });
  }
}

function headersOf({ body, file, accept }: Call, token: string | undefined, key: string | undefined) {
  return {
    accept: accept ?? "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(file === undefined ? {} : { "content-type": file.type }),
    ...(key === undefined ? {} : { "idempotency-key": key }),
  };
}

/** A stream is sent while it is read, which `fetch` wants to be told. */
function bodyOf({ body, file }: Call): RequestInit & { duplex?: "half" } {
  if (file) return { body: file.content, ...(file.isRepeatable ? {} : { duplex: "half" }) };
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

function searchOf(query: QueryValues = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return search.size === 0 ? "" : `?${search}`;
}

/** Not `randomUUID`, which a page without TLS does not have. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
