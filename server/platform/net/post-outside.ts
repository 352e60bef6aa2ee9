import { createAddressGuard, LlmError, type LlmSettings, llmSettings, openResponse } from "../llm";

type Post = {
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Until the head of the answer must be there. */
  timeoutMs: number;
  /** Ends it from outside. */
  signal: AbortSignal;
};

/** What came of it: the answer's status, or why there is none, in words for people. */
export type Posted = { status: number } | { problem: string };

type Settings = Pick<LlmSettings, "allowedHosts">;

/**
 * Why nothing may be sent to an address, in words that name the fix; null where it may. A name that can't be resolved
 * now passes: it is looked at again whenever a socket connects.
 */
export async function refusesAddress(
  url: string,
  settings: Settings = llmSettings(),
): Promise<string | null> {
  try {
    await guardOf(settings).resolve(new URL(url));
    return null;
  } catch (error) {
    return isForbidden(error) ? PRIVATE : null;
  }
}

/**
 * Sends one message to an address that a person gave. Private and local addresses are refused where the socket
 * connects, redirects are not followed, and of the answer only the status is read.
 * @throws the signal's reason when it was aborted
 */
export async function postOutside(
  url: string,
  { headers, body, timeoutMs, signal }: Post,
  settings: Settings = llmSettings(),
): Promise<Posted> {
  const over = new AbortController();
  const end = () => over.abort(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  const timer = setTimeout(
    () => over.abort(new DOMException("The time is over.", "TimeoutError")),
    timeoutMs,
  );
  try {
    const sent = { method: "POST", headers, body, signal: over.signal };
    const response = await openResponse(new URL(url), sent, guardOf(settings));
    response.destroy();
    return { status: response.statusCode ?? 0 };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (over.signal.aborted) return { problem: `It did not answer within ${timeoutMs / 1000} s.` };
    if (isForbidden(error)) return { problem: `The address ${PRIVATE}.` };
    return { problem: reasonOf(error) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

const guardOf = ({ allowedHosts }: Settings) => createAddressGuard({ allowedHosts, trustedOrigins: [] });

const isForbidden = (error: unknown): boolean =>
  error instanceof LlmError && error.kind === "forbidden_address";

const PRIVATE =
  "is private or local, and this server sends nothing there; its administrator can allow the host in TANDEM_LLM_ALLOWED_HOSTS";

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "Its host is not known.",
  EAI_AGAIN: "Its host can't be looked up now.",
  ECONNREFUSED: "Its host refuses the connection.",
  ECONNRESET: "It broke the connection off.",
  ETIMEDOUT: "It does not answer.",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? `It can't be reached${code === "" ? "" : ` (${code})`}.`;
}
