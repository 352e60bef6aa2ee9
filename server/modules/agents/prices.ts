import type { ModelPrice, TieredPrice } from "@/contracts/agents";
import { providers } from "@/contracts/providers";
import { priceList } from "./price-list";

export type DatedPrice = TieredPrice & {
  /** When the provider's public list showed this price; null for what costs nothing by nature. */
  asOf: string | null;
};

const FREE: DatedPrice = { inputPerMillion: 0, outputPerMillion: 0, asOf: null };

/** `-2024-07-18`, `-0125`, `-20250929`, `-001`, `-latest` */
const SNAPSHOT = /-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{3,4}|latest)$/;

/**
 * The listed price of a model, by its name or the name of one of its dated snapshots; null when it is not listed.
 * The built-in model `tandem-tiny` runs here and is free.
 */
export function listedPrice(model: string): DatedPrice | null {
  if (model === "tandem-tiny") return FREE;
  return priceUnder(model) ?? priceUnder(model.replace(SNAPSHOT, ""));
}

function priceUnder(name: string): DatedPrice | null {
  for (const { asOf, models } of Object.values(priceList).flatMap(({ lists }) => lists)) {
    const listed = Object.hasOwn(models, name) ? models[name] : undefined;
    if (!listed) continue;
    const [inputPerMillion, outputPerMillion, ...longer] = listed;
    const tiers = longer.map(([abovePromptTokens, input, output]) => ({
      abovePromptTokens,
      inputPerMillion: input,
      outputPerMillion: output,
    }));
    return { inputPerMillion, outputPerMillion, ...(tiers.length > 0 ? { tiers } : {}), asOf };
  }
  return null;
}

/** The price an agent states comes before the listed one, and holds for prompts of any length. */
export function priceOf(config: { model: string; price?: ModelPrice | undefined }): TieredPrice | null {
  return config.price ?? listedPrice(config.model);
}

/**
 * Which part of the usual price a request in a batch costs: by the provider's own list, so at its own address alone;
 * null: no discount is known.
 */
export function batchDiscount({
  provider,
  baseUrl,
}: {
  provider: string;
  baseUrl: string | null;
}): { factor: number; asOf: string } | null {
  const own = Object.entries(providers).find(([name]) => name === provider)?.[1].ownAddress;
  if (own === undefined || (baseUrl !== null && hostOf(baseUrl) !== own)) return null;
  return priceList[provider.split(":")[0] ?? ""]?.batch ?? null;
}

const hostOf = (address: string): string | null => (URL.canParse(address) ? new URL(address).hostname : null);

export type TokenUsage = { prompt: number; completion: number };

/** A part of a price: of its tiers too. */
export function partOfPrice({ tiers, ...price }: TieredPrice, factor: number): TieredPrice {
  const part = <Price extends ModelPrice>(whole: Price): Price => ({
    ...whole,
    inputPerMillion: whole.inputPerMillion * factor,
    outputPerMillion: whole.outputPerMillion * factor,
  });
  return { ...part(price), ...(tiers ? { tiers: tiers.map(part) } : {}) };
}

/** What a call costs a token whose prompt is so long. */
const priceAt = (price: TieredPrice, promptTokens: number): ModelPrice =>
  price.tiers?.findLast(({ abovePromptTokens }) => promptTokens > abovePromptTokens) ?? price;

/**
 * Cost of one call in micro-dollars, rounded up to a whole one so that sums never undercut a spend cap. One US dollar per
 * million tokens is one micro-dollar a token. Null when the price is not known: unknown is not free.
 */
export function costMicroUsd(usage: TokenUsage, price: TieredPrice | null): number | null {
  if (!price) return null;
  const { inputPerMillion, outputPerMillion } = priceAt(price, usage.prompt);
  // In whole billionths of a micro-dollar per token, lest 0.15 × 100 become 15.000000000000002 and round up to 16.
  const scale = 1_000_000_000;
  const part = (tokens: number, perToken: number) => BigInt(tokens) * BigInt(Math.round(perToken * scale));
  const total = part(usage.prompt, inputPerMillion) + part(usage.completion, outputPerMillion);
  return Number((total + BigInt(scale - 1)) / BigInt(scale));
}
