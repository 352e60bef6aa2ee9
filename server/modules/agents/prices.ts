import type { ModelPrice } from "@/contracts/agents";

export type DatedPrice = ModelPrice & {
  /** When the provider's public list showed this price; null for what costs nothing by nature. */
  asOf: string | null;
};

const AS_OF = "2025-08-07";
const FREE: DatedPrice = { inputPerMillion: 0, outputPerMillion: 0, asOf: null };

/** US dollars per million input and output tokens, standard tier, OpenAI's public list on `AS_OF`. */
const LISTED: Record<string, readonly [input: number, output: number]> = {
  "gpt-3.5-turbo": [0.5, 1.5],
  "gpt-3.5-turbo-1106": [1, 2],
  "gpt-3.5-turbo-instruct": [1.5, 2],
  "gpt-4": [30, 60],
  "gpt-4-32k": [60, 120],
  "gpt-4-turbo": [10, 30],
  "gpt-4-turbo-preview": [10, 30],
  "gpt-4-0125-preview": [10, 30],
  "gpt-4-1106-preview": [10, 30],
  "gpt-4o": [2.5, 10],
  "gpt-4o-2024-05-13": [5, 15],
  "gpt-4o-mini": [0.15, 0.6],
  "gpt-4.1": [2, 8],
  "gpt-4.1-mini": [0.4, 1.6],
  "gpt-4.1-nano": [0.1, 0.4],
  "gpt-5": [1.25, 10],
  "gpt-5-mini": [0.25, 2],
  "gpt-5-nano": [0.05, 0.4],
  o1: [15, 60],
  "o1-mini": [1.1, 4.4],
  "o1-preview": [15, 60],
  "o1-pro": [150, 600],
  o3: [2, 8],
  "o3-mini": [1.1, 4.4],
  "o3-pro": [20, 80],
  "o4-mini": [1.1, 4.4],
};

const SNAPSHOT = /-(?:\d{4}-\d{2}-\d{2}|\d{4})$/;

/**
 * The listed price of a model, by its name or the name of one of its dated snapshots; null when it is not listed.
 * The built-in model `tandem-tiny` runs here and is free.
 */
export function listedPrice(model: string): DatedPrice | null {
  if (model === "tandem-tiny") return FREE;
  const name = Object.hasOwn(LISTED, model) ? model : model.replace(SNAPSHOT, "");
  const listed = Object.hasOwn(LISTED, name) ? LISTED[name] : undefined;
  return listed ? { inputPerMillion: listed[0], outputPerMillion: listed[1], asOf: AS_OF } : null;
}

/** The price an agent states comes before the listed one. */
export function priceOf(config: { model: string; price?: ModelPrice | undefined }): ModelPrice | null {
  return config.price ?? listedPrice(config.model);
}

export type TokenUsage = { prompt: number; completion: number };

/**
 * Cost in micro-dollars, rounded up to a whole one so that sums never undercut a spend cap. One US dollar per
 * million tokens is one micro-dollar a token. Null when the price is not known: unknown is not free.
 */
export function costMicroUsd(usage: TokenUsage, price: ModelPrice | null): number | null {
  if (!price) return null;
  // In whole billionths of a micro-dollar per token, lest 0.15 × 100 become 15.000000000000002 and round up to 16.
  const scale = 1_000_000_000;
  const part = (tokens: number, perToken: number) => BigInt(tokens) * BigInt(Math.round(perToken * scale));
  const total = part(usage.prompt, price.inputPerMillion) + part(usage.completion, price.outputPerMillion);
  return Number((total + BigInt(scale - 1)) / BigInt(scale));
}
