import { type LlmKey, llmKeyProvider } from "@/contracts/llm-keys";
import { namesOf } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";

/** What is read of a key to show it: everything but the key. */
export const shownKey = {
  id: true,
  provider: true,
  baseUrl: true,
  lastFour: true,
  createdById: true,
  createdAt: true,
} as const;

type KeyRow = {
  id: string;
  provider: string;
  baseUrl: string;
  lastFour: string;
  createdById: string;
  createdAt: Date;
};

export async function presentKeys(db: Db, rows: readonly KeyRow[]): Promise<LlmKey[]> {
  const names = await namesOf(
    db,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map(({ id, provider, baseUrl, lastFour, createdById, createdAt }) => ({
    id,
    provider: llmKeyProvider.parse(provider),
    baseUrl: baseUrl === "" ? null : baseUrl,
    lastFour,
    createdBy: { id: createdById, name: names.get(createdById) ?? "" },
    createdAt: createdAt.toISOString(),
  }));
}

/** How an address is kept and compared: "" is the provider's own. */
export const keptAddress = (baseUrl: string | null | undefined): string =>
  (baseUrl ?? "").replace(/\/+$/, "");
