import { z } from "zod";
import { priceTier, providerKey } from "./agents";
import { isoTime, projectRef } from "./common";
import { provider } from "./providers";

/** `unknown`: no probe could tell. */
const finding = z.object({
  state: z.enum(["yes", "no", "unknown"]),
  /** How it was found, or the provider's own words. */
  detail: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;

export const capabilityNames = [
  "logprobs",
  "structuredOutput",
  "systemMessage",
  "temperature",
  "seed",
  "batch",
] as const;
export type CapabilityName = (typeof capabilityNames)[number];

const modelRef = {
  provider,
  /** null: the provider's own address. */
  baseUrl: z.string().max(2000).nullable(),
  model: z.string().trim().min(1).max(200),
};

/** What was found out about one model at one address by asking it, not from a list of names. */
export const modelCapabilities = z.object({
  ...modelRef,
  probedAt: isoTime,
  /** The model that answered, by its own word. */
  servedModel: z.string().nullable(),
  /** Whether the provider lists it for this key; null: it keeps no list. */
  listed: z.boolean().nullable(),
  capabilities: z.record(z.enum(capabilityNames), finding),
  /** Alternatives a token that may be asked for; null: none. */
  topLogprobs: z.number().int().nullable(),
  /** Parameters that the model refused, by our names. */
  refused: z.array(z.string()),
});
export type ModelCapabilities = z.infer<typeof modelCapabilities>;

export const probeModelInput = z.object({
  project: projectRef,
  ...modelRef,
  provider: provider.default("openai:chat"),
  baseUrl: modelRef.baseUrl.default(null),
  /** For these calls alone; it is not kept. */
  apiKey: providerKey.optional(),
});
export const probeModelOutput = z.object({
  /** null: nothing could be found out; what was known before stays. */
  capabilities: modelCapabilities.nullable(),
  /** Why the model gave no answer at all. */
  error: z.object({ kind: z.string(), message: z.string() }).nullable(),
  /** Completions that were asked for: at most 3. */
  completions: z.number().int(),
});
export type ProbeModelOutput = z.infer<typeof probeModelOutput>;

export const modelInfoInput = z.object({
  project: projectRef,
  provider: provider.default("openai:chat"),
  /** Absent: the provider's own address. */
  baseUrl: z.string().max(2000).optional(),
  model: modelRef.model,
});
export const modelInfo = z.object({
  /** null: it was never probed in this project. */
  capabilities: modelCapabilities.nullable(),
  /** The listed price with the day of the list; null: unknown, which is not free. */
  price: z
    .object({
      inputPerMillion: z.number(),
      outputPerMillion: z.number(),
      /** Absent: a long prompt costs no more a token. */
      tiers: z.array(priceTier).readonly().optional(),
      asOf: z.string().nullable(),
    })
    .nullable(),
});
export type ModelInfo = z.infer<typeof modelInfo>;
