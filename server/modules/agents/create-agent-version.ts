import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { diffVersions } from "@/contracts/agent-diff";
import type { CreatedVersion, createVersionInput } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { insertVersion, noSuchAgent, readVersion } from "./agent-repository";
import { checkContent } from "./check-content";
import { buildTemplate } from "./prompt/build-template";

/**
 * Saves a changed agent as its next version; what is left out stays as it was. A save that changes neither the
 * settings nor, by a newer label schema, the prompt makes no version.
 * @returns the version that is the newest afterwards, with what changed; `created` tells a new one from an old one
 * @throws AppError `not_found`, `conflict` for an archived agent, `invalid_agent`
 */
export async function createAgentVersion(
  db: Db,
  actor: ProjectActor,
  { id, provider, baseUrl, model, prompt }: Omit<z.infer<typeof createVersionInput>, "project">,
): Promise<{ created: boolean; version: CreatedVersion }> {
  const { projectId, userId: createdById } = actor;
  const base = await readVersion(db, projectId, id);
  const { content, schema } = await checkContent(db, actor, {
    provider: provider ?? base.provider,
    baseUrl: baseUrl === undefined ? base.baseUrl : baseUrl,
    model: model ?? base.model,
    prompt: prompt ?? base.prompt,
  });
  const { template } = buildTemplate(schema, content.prompt);
  return inTransaction(db, async (tx) => {
    await holdAgent(tx, projectId, id);
    const newest = await readVersion(tx, projectId, id);
    const diff = diffVersions(newest, content);
    const created = diff.changed || !isDeepStrictEqual(newest.template, template);
    if (created) {
      const version = newest.version + 1;
      await insertVersion(tx, { ...content, projectId, agentId: id, version, template, createdById });
    }
    const saved = created ? await readVersion(tx, projectId, id) : newest;
    return {
      created,
      version: { id, versionId: saved.id, version: saved.version, template: saved.template, diff },
    };
  });
}

/** Two people who save at once get two versions, one after the other. */
async function holdAgent(tx: Db, projectId: string, id: string): Promise<void> {
  const [agent] = await sqlRows<{ archived: boolean }>(
    tx,
    `select "archivedAt" is not null as "archived" from "Agent"
     where "projectId" = $1::uuid and "id" = $2::uuid for no key update`,
    [projectId, id],
  );
  if (!agent) throw noSuchAgent();
  if (agent.archived) throw new AppError("conflict", "This agent is archived. Restore it to change it.");
}
