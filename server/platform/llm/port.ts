/** What one call asks of a provider. Parameters are sent as given. */
export type LlmRequest = {
  /** Name of the adapter, as in `openai:chat`. */
  provider: string;
  /** `builtin`, the address that ends in `/v1`, or null for the provider's own. */
  baseUrl: string | null;
  /** The key of one job; null: the server's own, which goes to the server's own address alone. */
  apiKey: string | null;
  messages: readonly { role: "system" | "user"; content: string }[];
  /**
   * `model`, `temperature`, `max_tokens`, … by the names of `call-settings.ts`, whoever the provider is; its
   * adapter gives them the provider's own. `logprobs` with `top_logprobs` asks for log-probabilities,
   * `answer_schema` for JSON of that form. What has no such name goes to the provider as it is.
   */
  parameters: Readonly<Record<string, unknown>>;
  /** Milliseconds until the call is given up. */
  timeoutMs: number;
  /** The call asks about no record: it is marked, so that nobody counts it as work. */
  probe?: boolean;
};

/** One token of the answer. Log-probabilities are natural. */
export type LlmToken = {
  token: string;
  bytes: number[] | null;
  logprob: number;
  top: { token: string; bytes: number[] | null; logprob: number }[];
};

/** What a provider's headers say about its limits; null: it doesn't say. */
export type RateHint = {
  limitRequests: number | null;
  remainingRequests: number | null;
  /** Milliseconds until all requests are granted again. */
  resetMs: number | null;
  limitTokens: number | null;
  remainingTokens: number | null;
  tokensResetMs: number | null;
};

export type LlmCompletion = {
  text: string;
  /** null: the provider gave no log-probabilities. */
  tokens: LlmToken[] | null;
  /** `stop`, `length`, `content_filter`, `tool_calls`, whoever the provider is; else its own word. */
  finishReason: string | null;
  /** The model's or its filter's refusal; `text` is empty then. */
  refusal: string | null;
  usage: { prompt: number; completion: number } | null;
  /** The model that answered, by its own word. */
  servedModel: string | null;
  latencyMs: number;
  /** null: no header speaks of limits. */
  rate?: RateHint | null;
};

/** Asks for the vectors of texts; address and key are as in `LlmRequest`. */
export type EmbeddingRequest = Pick<LlmRequest, "baseUrl" | "apiKey" | "timeoutMs"> & {
  model: string;
  texts: readonly string[];
};

export type LlmEmbeddings = {
  /** One for each text, in their order, all of one length. */
  vectors: number[][];
  servedModel: string | null;
  promptTokens: number | null;
};

const llmErrorKinds = [
  /** 429. */
  "rate_limited",
  /** 5xx, or an answer that isn't one. */
  "provider_error",
  "timeout",
  "connection",
  /** 401 or 403: the key. */
  "auth",
  /** The provider doesn't know the model, or won't let this key use it. */
  "model_refused",
  /** Another 4xx: the same request will fail again. */
  "bad_request",
  /** The address is private, or led to a private one. */
  "forbidden_address",
  /** The provider says that the account has no credit left. */
  "out_of_credit",
] as const;
export type LlmErrorKind = (typeof llmErrorKinds)[number];

type LlmErrorDetails = {
  /** The parameter that the model does not take, by our name: another call without it may succeed. */
  parameter?: string | null;
  rate?: RateHint | null;
};

/** A call that brought no answer. The message is fit to be shown and holds no key. */
export class LlmError extends Error {
  constructor(
    readonly kind: LlmErrorKind,
    message: string,
    /** Milliseconds that the provider asked to wait. */
    readonly retryAfterMs: number | null = null,
    readonly status: number | null = null,
    readonly details: LlmErrorDetails = {},
  ) {
    super(message);
    this.name = "LlmError";
  }
}

/**
 * The way to a provider. One try: who calls decides about another.
 * @throws LlmError, or the signal's reason when it was aborted
 */
export type Llm = { complete(request: LlmRequest, signal: AbortSignal): Promise<LlmCompletion> };

/** Which provider is asked, and with what key. */
export type ProviderRequest = Pick<LlmRequest, "provider" | "baseUrl" | "apiKey" | "timeoutMs">;

/** What a provider says of itself, without a completion. Every request is marked as a probe; errors as `Llm`. */
export type ModelDirectory = {
  /** Names of the models that the key may use; null: the provider keeps no list. Also the check of a key. */
  listModels(request: ProviderRequest, signal: AbortSignal): Promise<string[] | null>;
  /** Whether it takes many requests at once, for later. */
  takesBatches(request: ProviderRequest, signal: AbortSignal): Promise<boolean>;
};

/** One request of many that are handed in together. `id` comes back with its answer and begins with the batch's key. */
type BatchRequest = Pick<LlmRequest, "messages" | "parameters"> & { id: string };

/** A request as the provider will read it, and where it would go alone; opaque, but for its size. */
export type BatchItem = { id: string; text: string; bytes: number; path: string };

export type BatchLimits = { requests: number; bytes: number };

/** How far the provider is with a batch. */
export type BatchState = {
  /** The provider's own id of it. */
  id: string;
  /** `refused`: it was found wrong as a whole, and nothing of it was asked. */
  state: "waiting" | "ended" | "refused";
  /** Requests that have ended, by the provider's count. */
  done: number;
  /** Why it was refused. */
  error: LlmError | null;
  /** Where its results and what else is kept of it are; for this port alone. */
  results: readonly string[];
  kept: readonly string[];
};

/** What became of one request. `left`: nothing was asked and nothing is billed. */
export type BatchResult = { id: string } & (
  | { completion: Omit<LlmCompletion, "latencyMs" | "rate"> }
  | { error: LlmError }
  | { left: "expired" | "cancelled" }
);

/** Which batch is looked for. */
export type BatchSought = {
  key: string;
  requests: number;
  /** When it was handed in, at the earliest. */
  since: Date;
  /** Batches that are known to be others. */
  except: ReadonlySet<string>;
};

/**
 * The way to the batch APIs: many requests at once, answered within a day, for less. Each method is one try.
 * @throws LlmError, or the signal's reason when it was aborted
 */
export type LlmBatches = {
  write(place: ProviderRequest, request: BatchRequest): BatchItem;
  /** @param key stands with the batch at the provider, so that it can be found again */
  submit(
    place: ProviderRequest,
    batch: { key: string; items: readonly BatchItem[] },
    signal: AbortSignal,
  ): Promise<BatchState>;
  /**
   * Looks for a batch whose id was not learned. `unsure`: there is one that may be it, which shows when it has ended.
   */
  find(
    place: ProviderRequest,
    sought: BatchSought,
    signal: AbortSignal,
  ): Promise<BatchState | "none" | "unsure">;
  /** `gone`: the provider knows no such batch. */
  look(place: ProviderRequest, id: string, signal: AbortSignal): Promise<BatchState | "gone">;
  cancel(place: ProviderRequest, id: string, signal: AbortSignal): Promise<void>;
  /** The results one after another, in any order; lines that are none are left out. */
  results(place: ProviderRequest, state: BatchState, signal: AbortSignal): AsyncIterable<BatchResult>;
  /** Deletes what the provider keeps of it: texts are the team's. */
  remove(place: ProviderRequest, state: BatchState, signal: AbortSignal): Promise<void>;
};

/** The way to a provider's embeddings; as `Llm`, one try. */
export type Embedder = { embed(request: EmbeddingRequest, signal: AbortSignal): Promise<LlmEmbeddings> };
