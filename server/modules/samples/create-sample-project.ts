import { isTrainingHalf, sampleLabelSchema, sampleMessages } from "@/prisma/seed/sample";
import { proveMembership } from "@/server/modules/access";
import { createAgent } from "@/server/modules/agents";
import { createProject, putSchema } from "@/server/modules/projects";
import { insertRecords } from "@/server/modules/records";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { BUILTIN_MODEL_NAME } from "@/server/platform/llm/builtin";

/** What the sample is called; found again by its address, so that whoever renames it gets no second one. */
const NAME = "Sample: customer messages";
const AGENT = "Built-in model";

type SampleProject = { id: string; slug: string };

/**
 * The sample project of a person: customer messages with gold sentiment and an agent on the built-in model, ready
 * to run. Made once: asked again, the one that is there is given.
 * @throws AppError `forbidden` for a guest
 */
export function createSampleProject(db: Db, { ownerId }: { ownerId: string }): Promise<SampleProject> {
  return inTransaction(db, async (tx) => {
    // Two clicks at once make one project.
    await sqlRows(tx, `select 1 from "User" where "id" = $1::uuid for update`, [ownerId]);
    return (await findSample(tx, ownerId)) ?? (await makeSample(tx, ownerId));
  });
}

async function findSample(tx: Db, ownerId: string): Promise<SampleProject | undefined> {
  const [found] = await sqlRows<SampleProject>(
    tx,
    `select p."id", p."slug" from "Project" p
     join "Membership" m on m."projectId" = p."id" and m."userId" = $1::uuid
       and m."disabledAt" is null and m."removedAt" is null
     where p."createdById" = $1::uuid and p."archivedAt" is null and p."slug" ~ '^sample-customer-messages(-\\d+)?$'
     order by p."id" limit 1`,
    [ownerId],
  );
  return found;
}

async function makeSample(tx: Db, ownerId: string): Promise<SampleProject> {
  const owner = await tx.user.findUnique({
    where: { id: ownerId },
    select: { name: true, instanceRole: true },
  });
  if (!owner) throw new AppError("not_found", "There is no such account.");
  const actor = { userId: ownerId, ...owner };
  const project = await createProject(tx, actor, { name: NAME });
  const member = await proveMembership(tx, actor, project.id);
  await putSchema(tx, member, { labelSchema: sampleLabelSchema });
  await insertRecords(tx, project.id, {
    records: sampleMessages().map(({ id, content, sentiment, channel, product, received }) => ({
      externalId: id,
      content,
      metadata: { channel, product, received, sentiment, half: isTrainingHalf(id) ? "training" : "held-out" },
    })),
    metadata: [
      { name: "channel", type: "string", visibility: "shown" },
      { name: "product", type: "string", visibility: "shown" },
      { name: "received", type: "string", visibility: "team" },
      { name: "half", type: "string", visibility: "team" },
      { name: "sentiment", type: "string", visibility: "gold" },
    ],
  });
  await createAgent(tx, member, {
    name: AGENT,
    provider: "openai:chat",
    baseUrl: "builtin",
    model: { model: BUILTIN_MODEL_NAME, temperature: 0 },
    prompt: {
      labels: sampleLabelSchema.map(({ name }) => name),
      answer: "text",
      taskInstruction: "Decide what the customer feels about what happened.",
    },
  });
  return { id: project.id, slug: project.slug };
}
