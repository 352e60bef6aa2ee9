import { z } from "zod";

/** How a model is asked, by the names that agents give it. */
export const provider = z.enum([
  "openai:chat",
  "openai:completion",
  "openai:responses",
  "anthropic",
  "google",
]);
export type Provider = z.infer<typeof provider>;

/** Parameters that not every provider has. */
export type ModelParameter =
  | "temperature"
  | "top_p"
  | "top_k"
  | "max_tokens"
  | "max_completion_tokens"
  | "seed"
  | "presence_penalty"
  | "frequency_penalty"
  | "stop"
  | "reasoning_effort";

export type ProviderInfo = {
  title: string;
  /** Where calls go when an agent names no address. */
  ownAddress: string;
  /** Parameters that its API does not have at all, whatever the model. */
  lacks: readonly ModelParameter[];
  mostTemperature: number;
};

const OPENAI = "api.openai.com";

/** What is fixed by each provider's API; what a single model takes is found by probing it. */
export const providers: Readonly<Record<Provider, ProviderInfo>> = {
  "openai:chat": { title: "OpenAI chat", ownAddress: OPENAI, lacks: [], mostTemperature: 2 },
  "openai:completion": {
    title: "OpenAI completion (legacy)",
    ownAddress: OPENAI,
    lacks: ["max_completion_tokens", "reasoning_effort"],
    mostTemperature: 2,
  },
  "openai:responses": {
    title: "OpenAI responses",
    ownAddress: OPENAI,
    lacks: ["top_k", "max_completion_tokens", "seed", "presence_penalty", "frequency_penalty", "stop"],
    mostTemperature: 2,
  },
  anthropic: {
    title: "Anthropic",
    ownAddress: "api.anthropic.com",
    lacks: ["max_completion_tokens", "seed", "presence_penalty", "frequency_penalty"],
    mostTemperature: 1,
  },
  google: {
    title: "Google",
    ownAddress: "generativelanguage.googleapis.com",
    lacks: ["max_completion_tokens"],
    mostTemperature: 2,
  },
};
