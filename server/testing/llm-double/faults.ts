/** Everything a provider can do wrong, over real HTTP. */
export type Fault =
  | { kind: "status"; status: number; retryAfter?: string; code?: string; headers?: Record<string, string> }
  /** No answer until the client goes away. */
  | { kind: "silence" }
  /** The connection is closed in the middle of the body. */
  | { kind: "drop" }
  /** The answer comes, a byte every so many milliseconds. */
  | { kind: "drip"; everyMs: number }
  | { kind: "malformed-json" }
  | { kind: "redirect"; location: string }
  /** A well-formed answer with another text, by default without log-probabilities. */
  | { kind: "answer"; text: string }
  | { kind: "refusal" }
  | { kind: "fenced-json" }
  | { kind: "no-logprobs" }
  | { kind: "no-usage" }
  | { kind: "other-model"; model: string }
  /** Waits before the answer, or until `until` resolves. */
  | { kind: "delay"; ms: number }
  | { kind: "wait"; until: Promise<void> };

export type DoubleCall = {
  model: string;
  messages: readonly { role: string; content: string }[];
  /** The last message: the one with the record. */
  prompt: string;
  /** 1 for the first call. */
  number: number;
  /** 1 for the first call with this prompt. */
  numberOfPrompt: number;
  authorization: string | null;
};
