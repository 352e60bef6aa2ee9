import { z } from "zod";
import { id, isoTime, projectRef } from "./common";
import { queryJson } from "./query";

/** What a project needs before its first export, in the order of the work. */
export const overviewSteps = [
  "schema",
  "records",
  "members",
  "agent",
  "job",
  "verification",
  "finalLabels",
  "export",
] as const;
export type OverviewStep = (typeof overviewSteps)[number];

const figure = z.object({ n: z.number().int(), point: z.number(), low: z.number(), high: z.number() });

const agentGlance = z.object({
  id,
  name: z.string(),
  version: z.number().int(),
  model: z.string(),
  jobs: z.number().int(),
  lastJob: z.object({ id, status: z.string(), createdAt: isoTime }).nullable(),
  /** How many of its verified labels were confirmed, with the 95 % Wilson interval; null before the first verdict. */
  confirmed: figure.nullable(),
});

const activityKind = z.enum(["import", "schema", "job", "session", "verdicts", "finalLabels", "member"]);
const activityEntry = z.object({
  kind: activityKind,
  at: isoTime,
  who: z.object({ id, name: z.string() }),
  /** Id of the job, session, import or snapshot; the schema's version. */
  target: z.string().nullable(),
  /** Its name: a file, an agent, a session, a label; of verdicts, that of the session in which they were given. */
  name: z.string().nullable(),
  /** Of a job, the name of the subset that it ran on. */
  subset: z.string().nullable(),
  /** Of a job, the query that found the records it ran on. */
  query: queryJson.nullable(),
  /** Records, verdicts, … */
  count: z.number().int().nullable(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

/** A project at a glance. An annotator's holds no work of others. */
export const overview = z.object({
  steps: z.array(z.object({ step: z.enum(overviewSteps), done: z.boolean() })),
  agents: z.array(agentGlance),
  activity: z.array(activityEntry),
  newestJobId: id.nullable(),
  openSessionId: id.nullable(),
  /** Flags on records that nobody has settled. */
  openFlags: z.number().int(),
});
export type Overview = z.infer<typeof overview>;
export const overviewInput = z.object({ project: projectRef });

/** How the values of each record-level label are spread: verdicts first, else the newest label. */
export const labelShares = z.array(
  z.object({
    label: z.string(),
    /** Records with the label. */
    n: z.number().int(),
    verified: z.number().int(),
    values: z.array(z.object({ value: z.array(z.string()), count: z.number().int() })),
  }),
);
export type LabelShares = z.infer<typeof labelShares>;
