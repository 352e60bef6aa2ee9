import { z } from "zod";
import { providerKey } from "./agents";
import { id, isoTime, listOf, projectRef } from "./common";

/** Whose key it is: all ways to ask one provider share it. */
export const llmKeyProvider = z.enum(["openai", "anthropic", "google"]);
export type LlmKeyProvider = z.infer<typeof llmKeyProvider>;

/** A saved key as it is shown: never itself. */
const llmKey = z.object({
  id,
  provider: llmKeyProvider,
  /** null: the provider's own address. */
  baseUrl: z.string().nullable(),
  /** The key's last four characters; fewer when it is short. */
  lastFour: z.string(),
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
});
export type LlmKey = z.infer<typeof llmKey>;
export const llmKeyList = listOf(llmKey);
export const savedLlmKey = llmKey;

export const listLlmKeysInput = z.object({ project: projectRef });
/** Takes the place of a key that is saved for the same provider and address. */
export const saveLlmKeyInput = z.object({
  project: projectRef,
  provider: llmKeyProvider,
  baseUrl: z.string().trim().min(1).max(2000).nullish(),
  apiKey: providerKey,
});
export const llmKeyRef = z.object({ project: projectRef, id });

export const budgetInput = z.object({ project: projectRef });
/** What the project's jobs may spend and have spent, US dollars. */
export const budget = z.object({
  /** null: no cap. */
  spendCapUsd: z.number().nullable(),
  spentUsd: z.number(),
  /** Held for calls that are under way. */
  reservedUsd: z.number(),
});
export type Budget = z.infer<typeof budget>;
