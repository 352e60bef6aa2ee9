import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { createMember } from "./people";

/** A new empty project with its administrator. */
export async function createTestProject(
  db: Db,
): Promise<{ project: { id: string; slug: string }; administrator: ProjectActor }> {
  const id = newId();
  const project = { id, slug: `project-${id}` };
  await db.project.create({ data: { ...project, name: "Test", createdById: newId() } });
  return { project, administrator: await createMember(db, { project, role: "administrator" }) };
}
