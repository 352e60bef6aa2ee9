import type { Db } from "@/server/platform/db";
import type { FieldError } from "@/server/platform/errors";

/** What is wrong with a name of record metadata that a caller gave at `path` as gold. */
export async function metadataProblems(
  db: Db,
  projectId: string,
  { name, path }: { name: string; path: string },
): Promise<FieldError[]> {
  const known = await db.metadataName.findMany({
    where: { projectId },
    select: { name: true },
    orderBy: { position: "asc" },
  });
  if (known.some((one) => one.name === name)) return [];
  const there = known.map((one) => `"${one.name}"`).join(", ") || "none";
  return [{ path, message: `is no record metadata of this project; there: ${there}` }];
}
