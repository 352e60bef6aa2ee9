import type { z } from "zod";
import type { listWorkInput, WorkRecord } from "@/contracts/annotating";
import type { JsonValue, ListOf } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import { answerKey, presentAnswer, readOwnAnswers } from "@/server/modules/annotations";
import { searchRecords } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { joinSql, type Sql } from "@/server/platform/sql";
import { inState } from "./answered";
import { readWorkScope } from "./work-scope";

type ListWorkInput = Omit<z.infer<typeof listWorkInput>, "project">;

/**
 * Records to label in the order of import, with the asker's own answers alone: neither others' labels nor jobs' are
 * read, whatever the asker's role, nor gold.
 * @throws AppError as `readWorkScope` and `searchRecords`
 */
export async function listWork(
  db: Db,
  actor: ProjectActor,
  { state, keyword, limit, cursor, ...input }: ListWorkInput,
): Promise<ListOf<WorkRecord>> {
  const { labels, asked, query, condition } = await readWorkScope(db, actor, input);
  const { projectId, userId } = actor;
  const conditions: Sql[] = [
    ...(condition ? [condition] : []),
    ...(state ? [inState(state, { projectId, userId, labels: asked })] : []),
  ];
  const page = await searchRecords(db, actor, {
    query: withKeyword(query, keyword),
    sort: undefined,
    limit,
    ...(cursor === undefined ? {} : { cursor }),
    include: ["metadata"],
    ...(conditions.length > 0 ? { condition: joinSql(conditions, " and ") } : {}),
  });
  const gold = await goldNames(db, projectId);
  const names = labels.map(({ name }) => name);
  const answers = await readOwnAnswers(db, {
    projectId,
    userId,
    recordIds: page.items.map(({ id }) => id),
    labels: names,
  });
  return {
    items: page.items.map(({ id, externalId, content, metadata = {} }) => ({
      id,
      externalId,
      content,
      metadata: Object.fromEntries(Object.entries(metadata).filter(([name]) => !gold.has(name))),
      answers: names.flatMap((name) => {
        const answer = answers.get(answerKey(id, name));
        return answer ? [presentAnswer(answer)] : [];
      }),
    })),
    nextCursor: page.nextCursor,
    total: page.total,
    totalExact: page.totalExact,
  };
}

/** Metadata that holds trusted labels: whoever decides is not to see it before. */
async function goldNames(db: Db, projectId: string): Promise<ReadonlySet<string>> {
  const rows = await db.metadataName.findMany({
    where: { projectId, visibility: "gold" },
    select: { name: true },
  });
  return new Set(rows.map(({ name }) => name));
}

function withKeyword(
  query: Record<string, JsonValue> | undefined,
  keyword: string | undefined,
): Record<string, JsonValue> | undefined {
  if (keyword === undefined) return query;
  return query === undefined || Object.keys(query).length === 0 ? { keyword } : { and: [query, { keyword }] };
}
