import { diffVersions } from "@/contracts/agent-diff";
import type { VersionDiff } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readVersion } from "./agent-repository";

/** What changed between two versions of an agent. @throws AppError `not_found` */
export async function diffAgentVersions(
  db: Db,
  { projectId }: ProjectActor,
  { id, from, to }: { id: string; from: number; to: number },
): Promise<VersionDiff> {
  return diffVersions(await readVersion(db, projectId, id, from), await readVersion(db, projectId, id, to));
}
