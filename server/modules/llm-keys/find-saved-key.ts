import { open } from "@/server/platform/crypto";
import type { Db } from "@/server/platform/db";
import { encryptionKey } from "@/server/platform/env";
import { keptAddress } from "./llm-key-repository";

/** Where a call goes. */
type CallPlace = {
  /** As agents name it: `openai:chat`, `anthropic`. */
  provider: string;
  baseUrl: string | null;
};

/** The id of the project's saved key for calls to this place; it is never sent anywhere else. */
export async function savedKeyFor(
  db: Db,
  projectId: string,
  { provider, baseUrl }: CallPlace,
): Promise<string | null> {
  const [family = ""] = provider.split(":");
  const row = await db.llmKey.findUnique({
    where: {
      projectId_provider_baseUrl: { projectId, provider: family, baseUrl: keptAddress(baseUrl) },
    },
    select: { id: true },
  });
  return row?.id ?? null;
}

/** The key itself, for a call; null when it was deleted meanwhile. */
export async function openSavedKey(db: Db, projectId: string, id: string): Promise<string | null> {
  const row = await db.llmKey.findFirst({ where: { projectId, id }, select: { sealedKey: true } });
  return row === null ? null : open(Buffer.from(row.sealedKey).toString("utf8"), encryptionKey(), id);
}

/** The project's saved key for calls to this place, for a call that is made at once; null: none is saved. */
export async function findSavedKey(db: Db, projectId: string, place: CallPlace): Promise<string | null> {
  const id = await savedKeyFor(db, projectId, place);
  return id === null ? null : openSavedKey(db, projectId, id);
}
