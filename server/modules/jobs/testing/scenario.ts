import pino from "pino";
import type { JsonValue } from "@/contracts/common";
import { startJobInput } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { capabilityNames } from "@/contracts/model-capabilities";
import { roleAllows } from "@/contracts/roles";
import type { ProjectActor } from "@/server/modules/access";
import { renderPrompt } from "@/server/modules/agents";
import type { Db } from "@/server/platform/db";
import { type EventListener, openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { createBatches, createLlm, type Llm, type LlmBatches } from "@/server/platform/llm";
import { startWorker, type Worker } from "@/server/platform/queue";
import type { TestDatabase } from "@/server/testing/database";
import { type LlmDouble, type LlmDoubleOptions, startLlmDouble } from "@/server/testing/llm-double";
import { createActor } from "@/server/testing/people";
import { type Pace, runJob, startJob } from "..";

export const FIELD = { field: "Sentiment", options: ["positive", "negative", "neutral"] };
const SCHEMA = [
  {
    name: "sentiment",
    level: "record" as const,
    options: [
      { value: "pos", text: "positive" },
      { value: "neg", text: "negative" },
      { value: "neu", text: "neutral" },
    ],
  },
];
const PROMPT = { labels: ["sentiment"], answer: "text" as const };
export const MODEL = "double-1";

/** Waits of milliseconds, so that what fails is tried again at once. */
export const fastPace: Pace = {
  firstRetryMs: 10,
  longestRetryMs: 40,
  longestRetryAfterMs: 60_000,
  outageCalls: 20,
  outageMs: 30_000,
  firstOutageRetryMs: 30,
  longestOutageRetryMs: 60,
  firstLookMs: 30,
  longestLookMs: 60,
  listedWithinMs: 300,
};

/** The option's stored value. */
export const optionValue = (text: string): string | undefined =>
  SCHEMA[0]?.options.find((option) => option.text === text)?.value;

/** The messages that the product must send for a text. */
export const messagesFor = (content: string) => renderPrompt(SCHEMA, PROMPT, { content }).messages;

export type Scenario = {
  db: Db;
  test: TestDatabase;
  actor: ProjectActor;
  double: LlmDouble;
  llm: Llm;
  batches: LlmBatches;
  listener: EventListener;
  /** An agent of the project that calls the double. */
  agentVersionId: string;
  /** By content, in the order of import. */
  recordIds: Map<string, string>;
};

export type ScenarioOptions = {
  contents: readonly string[];
  double?: Partial<LlmDoubleOptions>;
  /** Beside the model's name. */
  model?: Record<string, JsonValue>;
  /** Beside the labels. */
  prompt?: Record<string, JsonValue>;
  /** Labels of the project beside `sentiment`. */
  moreLabels?: LabelDefinition[];
  baseUrl?: string;
  llm?: Llm;
};

/** A project with records and an agent, and a provider that answers it. */
export async function createScenario(
  test: TestDatabase,
  {
    contents,
    double: doubleOptions,
    model = {},
    prompt = {},
    moreLabels = [],
    baseUrl,
    llm,
  }: ScenarioOptions,
): Promise<Scenario> {
  const { db } = test;
  const double = await startLlmDouble({ fields: [FIELD], ...doubleOptions });
  const { userId, name } = await createActor(db);
  const id = newId();
  const slug = `p-${id}`;
  await db.project.create({ data: { id, slug, name: slug, createdById: userId } });
  await db.labelSchema.create({
    data: {
      id: newId(),
      projectId: id,
      version: 1,
      active: true,
      labels: [...SCHEMA, ...moreLabels],
      createdById: userId,
    },
  });
  const recordIds = new Map(contents.map((content) => [content, newId()]));
  const rows = contents.map((content, position) => ({
    id: position === contents.indexOf(content) ? (recordIds.get(content) ?? newId()) : newId(),
    projectId: id,
    externalId: `r${position}`,
    content,
    position,
  }));
  await db.record.createMany({ data: rows });
  const agent = await db.agent.create({
    data: { id: newId(), projectId: id, name: "Ann", createdById: userId },
  });
  const version = await db.agentVersion.create({
    data: {
      id: newId(),
      projectId: id,
      agentId: agent.id,
      version: 1,
      provider: "openai:chat",
      baseUrl: baseUrl ?? double.url,
      model: { model: MODEL, ...model },
      prompt: { ...PROMPT, ...prompt },
      template: "",
      createdById: userId,
    },
  });
  const role = "administrator";
  if (!roleAllows(role, "jobs:run")) throw new Error("An administrator can't run jobs.");
  return {
    db,
    test,
    double,
    llm: llm ?? createLlm(llmSettings),
    batches: createBatches(llmSettings),
    listener: openEventListener(test.url),
    actor: { projectId: id, projectSlug: slug, userId, userName: name, role, tokenScopes: [] },
    agentVersionId: version.id,
    recordIds,
  };
}

/** Doubles listen on loopback, where agents may not call unless that is allowed. */
export const llmSettings = {
  openai: { apiKey: undefined, baseUrl: undefined, organization: undefined },
  allowedHosts: ["127.0.0.1:*"],
  trustedOrigins: [],
};

/** As if a probe had found that the double takes batches. */
export async function findBatches(
  { db, actor, double }: Scenario,
  batch: "yes" | "no" = "yes",
): Promise<void> {
  const unknown = { state: "unknown", detail: null };
  const names = capabilityNames.map((name) => [
    name,
    name === "batch" ? { state: batch, detail: null } : unknown,
  ]);
  await db.modelCapability.create({
    data: {
      projectId: actor.projectId,
      provider: "openai:chat",
      baseUrl: double.url,
      model: MODEL,
      probedAt: new Date(),
      probedById: actor.userId,
      findings: {
        servedModel: null,
        listed: null,
        capabilities: Object.fromEntries(names),
        topLogprobs: 5,
        refused: [],
      },
    },
  });
}

/** Starts a job on all records of the scenario. */
export function start({ db, actor, agentVersionId }: Scenario, input: Record<string, unknown> = {}) {
  const whole = {
    project: actor.projectSlug,
    agentVersionId,
    labels: ["sentiment"],
    labelMetadata: ["conf"],
    ...input,
  };
  return startJob(db, actor, startJobInput.parse(whole));
}

/** A worker of the scenario's database. */
export function startJobWorker(
  { test, llm, batches, listener }: Scenario,
  pace: Pace = fastPace,
): Promise<Worker> {
  const { pool, db } = test;
  return startWorker({
    pool,
    db,
    listener,
    log: pino({ level: "silent" }),
    concurrency: 4,
    pollMs: 50,
    handlers: {
      "run-job": async () => (payload, context) => runJob(payload, context, { llm, batches, pace, listener }),
    },
  });
}

/** Texts that make prompts of their own. */
export const texts = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `Message ${at}: the flight was ${at % 7} hours late.`);
