import type { Project } from "@/contracts/projects";
import { type Db, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

type ProjectRow = Omit<Project, "createdAt"> & { createdAt: Date };

/**
 * Projects of a person with their figures, in one statement. An annotator's figures hold the records of the
 * sessions opened and the frozen subsets and shares assigned to them, their own labels and verdicts, and the
 * metadata names that everybody sees.
 */
const PROJECTS = `
  select p."id", p."slug", p."name", p."archivedAt" is not null as "archived", m."role"::text as "role", p."createdAt",
    json_build_object(
      'records', case when only_own
        then (select count(*) from (
                select i."recordId" from "SessionMember" s
                join "SessionItem" i on i."projectId" = s."projectId" and i."sessionId" = s."sessionId"
                where s."projectId" = p."id" and s."userId" = m."userId"
                union
                select i."recordId" from "Assignment" s
                join "SubsetRecord" i on i."projectId" = s."projectId" and i."subsetId" = s."subsetId"
                where s."projectId" = p."id" and s."userId" = m."userId" and s."withdrawnAt" is null
                  and s."mode" = 'all'
                union
                select i."recordId" from "Assignment" s
                join "AssignmentRecord" i on i."projectId" = s."projectId" and i."assignmentId" = s."id"
                where s."projectId" = p."id" and s."userId" = m."userId" and s."withdrawnAt" is null
              ) reached)
        else (select count(*) from "Record" r where r."projectId" = p."id" and r."deletedAt" is null) end,
      'members', case when only_own then 1
        else (select count(*) from "Membership" o where o."projectId" = p."id" and o."removedAt" is null) end,
      'jobs', case when only_own then 0
        else (select count(*) from "Job" j where j."projectId" = p."id") end,
      'labelled', (select count(distinct a."recordId") from "Annotation" a
        where a."projectId" = p."id" and (not only_own or a."annotatorId" = m."userId")),
      'verified', (select count(distinct v."recordId") from "Verification" v
        where v."projectId" = p."id" and v."current" and v."status" is not null
          and (not only_own or v."verifierId" = m."userId"))
    ) as "counts",
    (select l."version" from "LabelSchema" l where l."projectId" = p."id" and l."active") as "schemaVersion",
    coalesce((
      select json_agg(json_build_object('name', n."name", 'type', n."type", 'visibility', n."visibility")
        order by n."position", n."name" collate "C")
      from "MetadataName" n
      where n."projectId" = p."id" and (not only_own or n."visibility" = 'shown')
    ), '[]') as "metadata"
  from "Membership" m
  join "Project" p on p."id" = m."projectId"
  cross join lateral (select m."role" = 'annotator' as only_own) reach
  where m."userId" = $1::uuid and m."disabledAt" is null and m."removedAt" is null`;

const presentProject = (row: ProjectRow): Project => ({ ...row, createdAt: row.createdAt.toISOString() });

/** One project as its member `userId` sees it. @throws AppError `not_found` for anybody else */
export async function readProject(db: Db, userId: string, projectId: string): Promise<Project> {
  const [row] = await sqlRows<ProjectRow>(db, `${PROJECTS} and p."id" = $2::uuid`, [userId, projectId]);
  if (!row) throw new AppError("not_found", "There is no such project, or you are not a member of it.");
  return presentProject(row);
}

type ReadProjectsInput = {
  userId: string;
  onlyProjectId: string | null;
  before: string | null;
  limit: number;
};

/** Up to `limit` projects of a person, newest first, that are older than `before`. */
export async function readProjects(db: Db, input: ReadProjectsInput): Promise<Project[]> {
  const rows = await sqlRows<ProjectRow>(
    db,
    `${PROJECTS} and ($2::uuid is null or p."id" = $2::uuid) and ($3::uuid is null or p."id" < $3::uuid)
     order by p."id" desc limit $4::int`,
    [input.userId, input.onlyProjectId, input.before, input.limit],
  );
  return rows.map(presentProject);
}

/** How many projects a person is a live member of. */
export function countProjects(db: Db, userId: string, onlyProjectId: string | null): Promise<number> {
  return db.membership.count({
    where: {
      userId,
      disabledAt: null,
      removedAt: null,
      ...(onlyProjectId ? { projectId: onlyProjectId } : {}),
    },
  });
}
