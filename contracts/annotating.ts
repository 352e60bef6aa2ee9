import { z } from "zod";
import { assignment } from "./assignments";
import { id, isoTime, jsonValue, listOf, note, page, projectRef } from "./common";
import { labelDefinition } from "./label-schema";
import { queryJson } from "./query";

/**
 * What a person may answer instead of a label. `UNSURE`: they can't tell. `NONE`: the text holds nothing to mark,
 * for labels of spans only. Both settle the label for its author, and neither is ever a label.
 */
export const answerStatus = z.enum(["UNSURE", "NONE"]);
export type AnswerStatus = z.infer<typeof answerStatus>;

/** Longest reason of an answer that is no label. */
export const answerReason = note;

const option = z.string().max(200);
/** Code points from 0, end exclusive. */
const answerSpan = z.object({
  start: z.number().int().min(0),
  end: z.number().int().min(1),
  value: z.array(option).min(1, "must hold an option").max(200),
});
export type AnswerSpan = z.infer<typeof answerSpan>;

/** A person's answer about one label of one record. Without value, spans and status they have not answered. */
const answer = z.object({
  label: z.string(),
  /** How often it has changed, in whatever way: what a later write says it was made on. 0: never given. */
  version: z.number().int(),
  value: z.array(z.string()),
  /** In the order of the text. */
  spans: z.array(answerSpan),
  status: answerStatus.nullable(),
  reason: z.string().nullable(),
  /** When it last changed. */
  at: isoTime.nullable(),
});
export type Answer = z.infer<typeof answer>;

/** Which records are labelled: an own assignment, a subset, or what a query finds; by default all within reach. */
const whichWork = { assignmentId: id.optional(), subsetId: id.optional(), query: queryJson.optional() };
type WhichWork = { assignmentId?: unknown; subsetId?: unknown; query?: unknown };
const isOne = ({ assignmentId, subsetId, query }: WhichWork) =>
  [assignmentId, subsetId, query].filter((one) => one !== undefined).length <= 1;
const notOne = {
  path: ["assignmentId"],
  message: "must be left out where a subset or a query is given; name one of the three",
};

export const getWorkInput = z.object({ project: projectRef, ...whichWork }).refine(isOne, notOne);

/** What there is to label, by what, and how far the asker is. */
export const work = z.object({
  assignment: assignment.pick({ id: true, subset: true, dueAt: true, overdue: true }).nullable(),
  subset: z.object({ id, name: z.string() }).nullable(),
  schemaVersion: z.number().int(),
  /** What may be given here, in the schema's order, with options and guidelines. */
  labels: z.array(labelDefinition),
  /** Those without which a record is not done. */
  asked: z.array(z.string()),
  progress: z.object({
    records: z.number().int(),
    /** Records on which the asker has answered every asked label. */
    done: z.number().int(),
    /** Records about which the asker could not tell some asked label. */
    unsure: z.number().int(),
  }),
});
export type Work = z.infer<typeof work>;

export const workStates = ["todo", "done", "unsure"] as const;
export const workState = z.enum(workStates);

export const listWorkInput = page
  .extend({
    project: projectRef,
    ...whichWork,
    /** As of a page of a search. */
    cursor: z.string().max(64_000).optional(),
    /** Of the asker: an asked label left, none left, some that they could not tell. */
    state: workState.optional(),
    keyword: z.string().min(1).max(1000).optional(),
  })
  .refine(isOne, notOne);

/** A record with the asker's own answers; nobody else's labels are ever here. */
const workRecord = z.object({
  id,
  externalId: z.string(),
  content: z.string(),
  metadata: z.record(z.string(), jsonValue),
  /** Of labels that the asker has answered or taken back. */
  answers: z.array(answer),
});
export type WorkRecord = z.infer<typeof workRecord>;
export const workList = listOf(workRecord);

const MAX_WRITTEN_ANSWERS = 1000;

const givenAnswer = z.object({
  recordId: id,
  label: z.string().max(100),
  /** The version that its author saw: if it is another now, nothing is written. Left out, it is written anyway. */
  base: z.number().int().min(0).optional(),
  /** Of a label of records. Neither value nor spans nor status takes the answer back. */
  value: z.array(option).max(200).default([]),
  /** Of a label of spans: all of them. */
  spans: z.array(answerSpan).max(1000).default([]),
  status: answerStatus.nullable().optional(),
  reason: answerReason.nullable().optional(),
});
export type GivenAnswer = z.infer<typeof givenAnswer>;

export const writeAnswersInput = z.object({
  project: projectRef,
  items: z.array(givenAnswer).min(1).max(MAX_WRITTEN_ANSWERS),
});

const about = { recordId: id, label: z.string() };
const writtenAnswer = z.discriminatedUnion("state", [
  /** It stands, and is durable. */
  z.object({ ...about, state: z.literal("saved"), answer }),
  /** The asker has answered elsewhere since `base`: `answer` stands, and nothing was written. */
  z.object({ ...about, state: z.literal("overtaken"), answer }),
  /** It can't be written; `path` names the place in what was sent. */
  z.object({
    ...about,
    state: z.literal("refused"),
    error: z.object({ code: z.string(), message: z.string(), path: z.string() }),
  }),
]);
export type WrittenAnswer = z.infer<typeof writtenAnswer>;
/** In the order of what was sent. */
export const writeAnswersOutput = z.object({ items: z.array(writtenAnswer) });
