import { mappingRules, type SchemaMapping } from "@/contracts/schema-effects";
import { namesOf, type ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";

const NEWEST = 100;

/** The newest mappings of the project's labels, newest first. */
export async function listMappings(db: Db, { projectId }: ProjectActor): Promise<{ items: SchemaMapping[] }> {
  const rows = await db.schemaMapping.findMany({
    where: { projectId },
    orderBy: { createdAt: "desc" },
    take: NEWEST,
  });
  const names = await namesOf(
    db,
    rows.map(({ createdById }) => createdById),
  );
  return {
    items: rows.map(
      ({ id, version, status, rules, mapped, createdById, createdAt, finishedAt, undoneAt }) => ({
        id,
        version,
        status,
        rules: mappingRules.parse(rules),
        mapped,
        createdBy: { id: createdById, name: names.get(createdById) ?? "" },
        createdAt: createdAt.toISOString(),
        finishedAt: finishedAt?.toISOString() ?? null,
        undoneAt: undoneAt?.toISOString() ?? null,
      }),
    ),
  };
}
