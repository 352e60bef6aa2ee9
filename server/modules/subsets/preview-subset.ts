import type { z } from "zod";
import type { Query } from "@/contracts/query";
import type { subsetPreview } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import { answerInTime, countRecords, recordFilter } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { refuseUnknown } from "./refuse-unknown";
import { previewStrata } from "./sample/draw-sample";
import { type SubsetContent, subsetSource } from "./subset-source";

type Preview = z.infer<typeof subsetPreview>;

/**
 * How many records a subset would hold, and of a sample the strata, before anything is saved.
 * @throws AppError as `createSubset` would; `query_too_slow`, since a look may not take longer than a search
 */
export async function previewSubset(db: Db, actor: ProjectActor, content: SubsetContent): Promise<Preview> {
  const source = subsetSource(content);
  return answerInTime(db, (tx) => preview(tx, actor, content, source));
}

async function preview(
  db: Db,
  actor: ProjectActor,
  content: SubsetContent,
  source: Query | null,
): Promise<Preview> {
  if (content.recordIds) await refuseUnknown(db, actor, content.recordIds, "recordIds");
  if (content.sample) {
    const filter = await recordFilter(db, actor, source);
    const strata = await previewStrata(db, await loadSight(db, actor), filter, content.sample);
    return { count: strata.reduce((sum, { sampled }) => sum + sampled, 0), strata };
  }
  const count = await countRecords(db, actor, source);
  return { count: Math.min(count, content.limit ?? count), strata: null };
}
