import type { z } from "zod";
import type { EmbeddingRun, startEmbeddingsInput } from "@/contracts/vectors";
import type { ProjectActor } from "@/server/modules/access";
import { countRecords, parseQuery } from "@/server/modules/search";
import { seal } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { encryptionKey } from "@/server/platform/env";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { checkBaseUrl, hasServerKey } from "@/server/platform/llm";
import { enqueue } from "@/server/platform/queue";
import { queryRows, sql } from "@/server/platform/sql";
import { presentEmbeddingRun } from "./embedding-runs";

/** Runs after which an error of ours is final. */
export const MAX_EMBEDDING_ATTEMPTS = 10;

/**
 * Has an endpoint compute a vector for every record, or those that a query finds, that has none of this name.
 * @throws AppError `invalid` for an address that may not be called or a key that is missing, `conflict` while
 * another run of the name goes on
 */
export async function startEmbeddings(
  db: Db,
  actor: ProjectActor,
  { name, model, baseUrl = null, apiKey, query: json }: Omit<z.infer<typeof startEmbeddingsInput>, "project">,
): Promise<EmbeddingRun> {
  const { projectId, userId } = actor;
  const query = parseQuery(json);
  if (baseUrl !== null && baseUrl !== "builtin") {
    const problem = await checkBaseUrl(baseUrl);
    if (problem) throw invalid("baseUrl", problem);
  }
  if (apiKey === undefined && baseUrl === null && !hasServerKey({ provider: "openai:chat", baseUrl }))
    throw invalid("apiKey", "is needed: this server has no key of its own");
  const id = newId();
  return inTransaction(db, async (tx) => {
    await queryRows(
      tx,
      sql`select 1 as "one" from "Project" where "id" = ${projectId}::uuid for no key update`,
    );
    const other = await tx.embeddingRun.findFirst({
      where: { projectId, name, status: { in: ["queued", "running"] } },
      select: { id: true },
    });
    if (other)
      throw new AppError(
        "conflict",
        `Vectors "${name}" are being computed already. Wait, or cancel that run.`,
      );
    await tx.embeddingRun.create({
      data: {
        id,
        projectId,
        name,
        model,
        baseUrl,
        ...(query ? { query } : {}),
        total: await countRecords(tx, actor, query),
        ...(apiKey === undefined
          ? {}
          : { sealedApiKey: new Uint8Array(Buffer.from(seal(apiKey, encryptionKey(), id), "utf8")) }),
        createdById: userId,
      },
    });
    await enqueue(tx, "embed-records", { runId: id }, { maxAttempts: MAX_EMBEDDING_ATTEMPTS });
    return presentEmbeddingRun(tx, projectId, id);
  });
}

const invalid = (path: string, message: string) =>
  new AppError("invalid", `${path} ${message}.`, { errors: [{ path, message }] });
