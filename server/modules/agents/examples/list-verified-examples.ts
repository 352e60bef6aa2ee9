import type { z } from "zod";
import type { listVerifiedExamplesInput, VerifiedExamples } from "@/contracts/prompt-examples";
import type { ProjectActor } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { normalizeText } from "./leakage-guard";
import { readPool } from "./read-examples";
import { readVerified } from "./read-verified";

type ListInput = Omit<z.infer<typeof listVerifiedExamplesInput>, "project">;

/**
 * Verified records that could be examples of a prompt, the last verified first. A label that the schema does not
 * have is verified nowhere.
 * @throws AppError `invalid_query` for a subset that is not there
 */
export async function listVerifiedExamples(
  db: Db,
  actor: ProjectActor,
  { labels, from, search = "", limit }: ListInput,
): Promise<VerifiedExamples> {
  const schema = (await findActiveSchema(db, actor))?.labelSchema ?? [];
  const asked = schema.filter(({ name }) => labels.includes(name));
  if (asked.length < new Set(labels).size) return { items: [], total: 0 };
  const pool = await readPool(
    db,
    actor.projectId,
    await readVerified(db, actor, asked, { verified: true, ...from }),
  );
  const sought = normalizeText(search);
  const found = pool.filter(({ content }) => normalizeText(content).includes(sought));
  return {
    items: found.slice(0, limit).map(({ recordId, externalId, content, labels: values }) => ({
      recordId,
      externalId,
      content,
      labels: values,
    })),
    total: found.length,
  };
}
