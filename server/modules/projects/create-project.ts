import type { z } from "zod";
import { type createProjectInput, type Project, slug as slugRule } from "@/contracts/projects";
import { type Actor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { readProject } from "./project-repository";
import { putSchema } from "./put-schema";
import { slugOf } from "./slug";

/**
 * Makes a project whose administrator is its creator. Without a slug one is made from the name, with the
 * lowest number that makes it unique.
 * @throws AppError `forbidden` for guests, `slug_taken` for a given slug that is in use, `invalid_schema`
 */
export async function createProject(
  db: Db,
  actor: Actor,
  { name, slug, labelSchema }: z.infer<typeof createProjectInput>,
): Promise<Project> {
  requireMayCreate(actor);
  return inTransaction(db, async (tx) => {
    const id = newId();
    if (slug === undefined) await insertUnderFreeSlug(tx, { id, name, actor });
    else if (!(await insertProject(tx, { id, name, slug, actor })))
      throw new AppError("slug_taken", `Another project is called "${slug}" in its address.`, {
        status: 409,
        errors: [{ path: "slug", message: "is in use" }],
      });
    await tx.membership.create({ data: { projectId: id, userId: actor.userId, role: "administrator" } });
    await recordAudit(tx, {
      projectId: id,
      actorId: actor.userId,
      action: "project.created",
      target: id,
      details: { name },
      address: actor.address,
    });
    if (labelSchema !== undefined) await putSchema(tx, { ...actor, projectId: id }, { labelSchema });
    return readProject(tx, actor.userId, id);
  });
}

function requireMayCreate({ instanceRole, token }: Actor): void {
  const tokenAllows = !token || token.scopes.length === 0 || token.scopes.includes("project:manage");
  if (instanceRole === "guest" || token?.projectId || !tokenAllows)
    throw new AppError(
      "forbidden",
      "Guests can't make projects. Ask the owner of this instance for an account.",
    );
}

type NewProject = { id: string; name: string; actor: Actor };

async function insertUnderFreeSlug(tx: Db, project: NewProject): Promise<void> {
  const base = slugRule.safeParse(slugOf(project.name)).data ?? "project";
  for (;;) {
    const [free] = await sqlRows<{ slug: string }>(
      tx,
      `select "slug" from (
         select case when n = 1 then $1 else $1 || '-' || n end as "slug", n from generate_series(1, 10000) n
       ) candidates
       where not exists (select from "Project" p where p."slug" = candidates."slug")
       order by n limit 1`,
      [base],
    );
    if (!free) throw new AppError("conflict", `Too many projects are called "${base}"; choose another name.`);
    // Two people may find the same free slug; the one who comes second looks again.
    if (await insertProject(tx, { ...project, slug: free.slug })) return;
  }
}

async function insertProject(tx: Db, project: NewProject & { slug: string }): Promise<boolean> {
  const { id, name, slug, actor } = project;
  const made = await sqlRows(
    tx,
    `insert into "Project" ("id", "slug", "name", "createdById") values ($1::uuid, $2, $3, $4::uuid)
     on conflict ("slug") do nothing returning 1`,
    [id, slug, name, actor.userId],
  );
  return made.length === 1;
}
