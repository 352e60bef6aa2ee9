import { z } from "zod";
import { displayName, id, isoTime, jsonValue, listOf, page, projectRef, sampleSeed } from "./common";
import { queryJson } from "./query";
import { recordSource } from "./record-source";
import { textWay } from "./text-query";
import { verdictStatus } from "./verifications";

export const sessionOrder = z.enum(["confidence", "margin", "entropy", "disagreement", "random"]);
/** So many records of what was asked for, drawn at random: the same records and seed give the same ones. */
export const sessionSample = z.strictObject({
  size: z.number().int().min(1).max(1_000_000),
  seed: sampleSeed,
});
const sessionMode = z.enum(["shared", "independent"]);
/** Verdicts that each label gets in an independent session. */
const verdictsPerItem = z.number().int().min(1).max(20);
/** Of a shared session what stands; of an independent one the asker's own verdicts. */
const sessionCounts = z.object({
  total: z.number().int(),
  verified: z.number().int(),
  confirmed: z.number().int(),
  corrected: z.number().int(),
  unsure: z.number().int(),
  left: z.number().int(),
  /** Verified by others, how is hidden: blind labels that the asker has not decided. In none of the three above. */
  hidden: z.number().int(),
  /** Of the total, those that hide the job's label from each person until they have decided. */
  blind: z.number().int(),
});
/** Verdicts that confirm or correct and on which no share with an interval rests; each counts once. */
export const verdictsApart = z.object({
  /** Given to several labels at one stroke, as by "confirm the rest". */
  together: z.number().int(),
  /** Two that stand on labels of one record, and can't both be right. */
  contradicting: z.number().int(),
});
export type VerdictsApart = z.infer<typeof verdictsApart>;
export const session = z.object({
  id,
  name: z.string(),
  label: z.string(),
  state: z.enum(["open", "closed"]),
  mode: sessionMode,
  /** Null in a shared session. */
  verdictsPerItem: verdictsPerItem.nullable(),
  /** The share of labels that are blind, as it was asked for; `counts.blind` is how many were drawn. */
  blindShare: z.number(),
  order: sessionOrder,
  jobIds: z.array(id),
  schemaVersion: z.number().int(),
  url: z.string(),
  room: z.string(),
  rooms: z.array(z.string()),
  wsUrl: z.string(),
  chunkSize: z.number().int(),
  sample: sessionSample.nullable(),
  /**
   * On which of the jobs' labels it was opened; null to annotators. The query of a session with blind labels, which may
   * say what is hidden, is told only to who opened it.
   */
  records: recordSource.nullable(),
  /** A subset, a query or a sample leaves labels of the jobs out. */
  narrowed: z.boolean(),
  /** Annotators to whom it is open; null to annotators. */
  members: z.array(z.object({ id, name: z.string() })).nullable(),
  counts: sessionCounts,
  /** How far everybody is in an independent session; null in a shared one. */
  overall: z
    .object({
      /** Verdicts that stand, of everybody; `total` × `verdictsPerItem` when all is done. */
      verdicts: z.number().int(),
      /** Labels that have all their verdicts. */
      complete: z.number().int(),
    })
    .nullable(),
  /**
   * How many of the verdicts that the asker may see confirm the job, with its 95 % Wilson interval; null before the
   * first. Only of labels that were looked at one by one, and only what one can hold together: the rest is in `apart`.
   */
  agreement: z
    .object({ n: z.number().int(), point: z.number(), low: z.number(), high: z.number() })
    .nullable(),
  /** Verdicts that confirm or correct and are left out of `agreement`. */
  apart: verdictsApart,
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
  closedAt: isoTime.nullable(),
});
export type Session = z.infer<typeof session>;
export const sessionList = listOf(session);
export const listSessionsInput = page.extend({
  project: projectRef,
  state: z.enum(["open", "closed"]).optional(),
  /** Only sessions that verify labels of this job. */
  jobId: id.optional(),
});
export const sessionRefInput = z.object({ project: projectRef, id });

/** Jobs whose labels one session verifies, at most. */
export const SESSION_JOBS = 20;
const sessionJobs = z.array(id).min(1).max(SESSION_JOBS);

export const createSessionInput = z
  .strictObject({
    project: projectRef,
    name: displayName.optional(),
    label: z.string().min(1).max(100),
    /** Whose labels are verified: by default of every job that has labelled records of the subset or query. */
    jobIds: sessionJobs.optional(),
    /** Narrow the records. */
    subsetId: id.optional(),
    query: queryJson.optional(),
    /** Only so many of the records, with all labels of them that are verified. */
    sample: sessionSample.optional(),
    order: sessionOrder.default("confidence"),
    mode: sessionMode.default("shared"),
    /** In an independent session, 2 when left out; in a shared one it can only be 1. */
    verdictsPerItem: verdictsPerItem.optional(),
    /** The share of labels, drawn at random, that hide the job's label from each person until they have decided. */
    blindShare: z.number().min(0).max(1).default(0),
    members: z.array(id).max(1000).default([]),
    /**
     * Where a shared session on the same labels is open already, that one comes back and none is made, so that people
     * meet; all else asked for is then left alone. A sample and an independent session are always new.
     */
    reuse: z.boolean().optional(),
  })
  .refine(({ jobIds, subsetId, query }) => (jobIds ?? subsetId ?? query) !== undefined, {
    path: ["jobIds"],
    message: "or subsetId or query must be given: what is to be verified",
  });
export const patchSessionInput = z.object({
  project: projectRef,
  id,
  name: displayName.optional(),
  state: z.enum(["open", "closed"]).optional(),
  members: z.array(id).max(1000).optional(),
});

/** More labels for a session; nothing given: what it was opened on, as it is now. */
export const extendSessionInput = z.strictObject({
  project: projectRef,
  id,
  query: queryJson.optional(),
  subsetId: id.optional(),
  /** Whose labels are added: by default of the session's jobs. */
  jobIds: sessionJobs.optional(),
});
export const extendedSession = session.extend({
  /** How many labels came in; what the session held already is not counted. */
  added: z.number().int(),
});

const itemVerdict = z.object({
  /** Null while the job's label is hidden from the asker: it would tell it. */
  status: verdictStatus.nullable(),
  value: z.array(z.string()),
  /** Of a span: the borders that a correction gave it; null: the job's own. */
  start: z.number().int().nullable().optional(),
  end: z.number().int().nullable().optional(),
  by: z.object({ id, name: z.string() }),
  at: isoTime,
  /** Of "can't tell". */
  reason: z.string().nullable().optional(),
  /** Given to several labels at one stroke. */
  together: z.boolean().optional(),
});
/** What a job gave, as far as it may be hidden. */
const hiddenLabel = z.object({
  value: z.array(z.string()),
  conf: z.number().nullable(),
  confReason: z.string().nullable(),
  probabilities: z.record(z.string(), z.number()).nullable(),
});

/** Where a span is, in code points, end exclusive; null of a label of whole records, and where a job found no span. */
const place = z.object({ start: z.number().int().nullable(), end: z.number().int().nullable() });

/**
 * One label of one job, in the session's frozen order. Where the session is about spans, all those of one record stand
 * together; a record where a job read an answer and found none has an item of its own, without value and place.
 */
const sessionItem = z.object({
  annotationId: id,
  recordId: id,
  externalId: z.string(),
  content: z.string(),
  /** Record metadata with visibility `shown`. */
  metadata: z.record(z.string(), jsonValue),
  jobId: id,
  level: z.enum(["record", "span"]),
  ...place.shape,
  /** The job's label is hidden from each person until they have decided. */
  blind: z.boolean(),
  /** What the job gave; left out while it is hidden from the asker. */
  ...hiddenLabel.partial().shape,
  position: z.number().int(),
  /** The chance with which its record came into the session; weight by its inverse. */
  inclusion: z.number(),
  room: z.string(),
  /**
   * Labels of the other jobs in the session on the same record, as far as the asker may see them; of spans those that
   * share a character with this one.
   */
  others: z.array(
    place.extend({ annotationId: id, jobId: id, value: z.array(z.string()), conf: z.number().nullable() }),
  ),
  /**
   * The session's labels of other jobs on the same record, also those that are hidden from the asker, each with its live
   * document: what holds for the record is said of all of them. None where the session is about spans.
   */
  sameRecord: z.array(z.object({ annotationId: id, room: z.string() })),
  /** Who took the record with "next" and still has it. */
  holder: z.object({ id, name: z.string() }).nullable(),
  /** What stands; in an independent session the asker's own verdict. */
  verdict: itemVerdict.nullable(),
  /** What others decided in an independent session, once the asker has decided too or the session is closed. */
  verdicts: z.array(itemVerdict),
  /** Others have given all the verdicts that it gets in an independent session: it is not the asker's to decide. */
  enough: z.boolean(),
});
export type SessionItem = z.infer<typeof sessionItem>;
/** What a reviewer narrows the session's rows to; every given one must hold when the page is read. */
export const sessionItemFilter = z.object({
  state: z.enum(["unverified", "verified", "CONFIRMS", "CORRECTS", "UNSURE", "undecided-by-me"]).optional(),
  /** `conf` at least, and below; rows without `conf` are left out by either. */
  confFrom: z.coerce.number().min(0).max(1).optional(),
  confBelow: z.coerce.number().min(0).max(1.01).optional(),
  /** The job gave this value. */
  value: z.string().max(200).optional(),
  /** A person's verdict that stands has this value. */
  chosen: z.string().max(200).optional(),
  /** Whose verdict stands. */
  reviewer: id.optional(),
  /** Somebody has said that something is wrong with the record, and it isn't settled. */
  flagged: z.stringbool().or(z.boolean()).optional(),
  /** Words in the text, looked for as `match` says: by default as they stand. */
  keyword: z.string().trim().min(1).max(1000).optional(),
  match: textWay.optional(),
});
export type SessionItemFilter = z.infer<typeof sessionItemFilter>;
export const listSessionItemsInput = page.extend({
  project: projectRef,
  id,
  from: z.coerce.number().int().min(0).max(1_000_000_000).optional(),
  /** Only the labels of this record, as all spans of a text that is shown. */
  recordId: id.optional(),
  ...sessionItemFilter.shape,
  /** The frozen order, or by the job's confidence. */
  sort: z.enum(["position", "confidence", "-confidence"]).default("position"),
});
export const sessionItemList = listOf(sessionItem);

/** What a session's stream tells: its figures now, and verdicts that changed since the last message. */
const sessionNews = z.object({
  state: z.enum(["open", "closed"]),
  /** How many live documents it has: more than before when labels were added. */
  chunks: z.number().int(),
  counts: sessionCounts,
  overall: session.shape.overall,
  agreement: session.shape.agreement,
  apart: verdictsApart,
  /** Newest last; null: cleared. At most 1,000; the rest is in `items`. */
  changes: z.array(
    sessionItem.pick({ annotationId: true, verdict: true, verdicts: true }).extend({
      /** What the job gave, of a blind label that the asker may see now. */
      revealed: sessionItem.pick({ others: true }).extend(hiddenLabel.shape).optional(),
    }),
  ),
});
export type SessionNews = z.infer<typeof sessionNews>;

export const nextItemInput = z.object({
  project: projectRef,
  id,
  /** Records or annotations that the asker doesn't want now; of one they hold it is given back. */
  skip: z.array(id).max(1000).default([]),
});
const lease = z.object({ id, expiresAt: isoTime });
export const nextItem = z.object({
  item: z.object({
    recordId: id,
    externalId: z.string(),
    content: z.string(),
    /** The first of the annotations. */
    annotationId: id,
    /**
     * The labels of this record in the session that are still to be decided, in its order; what is hidden from the asker
     * until then is left out.
     */
    annotations: z.array(
      sessionItem.pick({
        annotationId: true,
        jobId: true,
        start: true,
        end: true,
        blind: true,
        value: true,
        conf: true,
      }),
    ),
  }),
  /** Until then nobody else decides on this record. */
  lease,
});
export type NextItem = z.infer<typeof nextItem>;
export const leaseRef = z.object({ project: projectRef, id });
export const leaseBeat = lease.pick({ expiresAt: true });

export const ticket = z.object({
  ticket: z.string().nullable(),
  expiresAt: isoTime,
  code: z.string().optional(),
});
