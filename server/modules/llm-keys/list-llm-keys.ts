import type { ListOf } from "@/contracts/common";
import type { LlmKey } from "@/contracts/llm-keys";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { presentKeys, shownKey } from "./llm-key-repository";

/** The project's saved keys without the keys: whose, for which address, their last characters. */
export async function listLlmKeys(db: Db, { projectId }: ProjectActor): Promise<ListOf<LlmKey>> {
  const rows = await db.llmKey.findMany({
    where: { projectId },
    select: shownKey,
    orderBy: [{ provider: "asc" }, { baseUrl: "asc" }],
  });
  return { items: await presentKeys(db, rows), nextCursor: null, total: rows.length, totalExact: true };
}
