import { z } from "zod";
import { askedTime, id, isoTime, labelRef, listOf, note, page, projectRef, several } from "./common";
import { queryJson } from "./query";
import { annotatorKind } from "./records";
import { verdictStatus } from "./verifications";

const person = z.object({ id, name: z.string() });
const givenValue = z.array(z.string().max(200)).max(200);

/** A place in a text in code points, end exclusive; both are left out for a label of the whole record. */
const place = {
  start: z.number().int().min(0).optional(),
  end: z.number().int().min(1).optional(),
};

/** Of which votes a decision was made: another one as soon as any vote on the label is another. */
const votesVersion = z.string().regex(/^[0-9a-f]{32}$/, "is not the version of votes");

/** What one annotator says of a label: a person's verdict counts before a label of their own. */
const vote = z.object({
  annotator: z.object({ id, kind: annotatorKind, name: z.string() }),
  /** Empty on a span: the annotator marked this text, and not here. */
  value: z.array(z.string()),
  /** Probability of the value; null for people and where there is none. */
  conf: z.number().nullable(),
  /** The vote is a verdict on the label of a job; null for a label of one's own. */
  verdict: verdictStatus.nullable(),
  at: isoTime,
});
export type Vote = z.infer<typeof vote>;

/** One decision; `value` is null in the row that takes a decision back. */
const reconciliation = z.object({
  id,
  recordId: id,
  label: z.string(),
  ...place,
  /** Empty on a span: there is no label here. */
  value: z.array(z.string()).nullable(),
  note: z.string().nullable(),
  by: person,
  /** It is the one that stands. */
  current: z.boolean(),
  /** Somebody else had decided meanwhile: it is kept here and counts nowhere. */
  overtaken: z.boolean(),
  votesVersion,
  /** The earlier decision that it sets again. */
  restoredFrom: id.nullable(),
  createdAt: isoTime,
});
export type Reconciliation = z.infer<typeof reconciliation>;

/** Nobody has decided; somebody has; somebody has, and a vote is another since. */
export const reconciliationState = z.enum(["open", "reconciled", "changed"]);
export type ReconciliationState = z.infer<typeof reconciliationState>;

/** A label of one record, or of one span of it, on which annotators differ, or which somebody has decided. */
const disagreement = z.object({
  recordId: id,
  externalId: z.string(),
  content: z.string(),
  ...place,
  state: reconciliationState,
  /** Spread in bits of the votes that were asked for. */
  entropy: z.number(),
  /** Everybody's, people first, then jobs. */
  votes: z.array(vote),
  votesVersion,
  /** The decision that stands. */
  reconciliation: reconciliation.nullable(),
});
export type Disagreement = z.infer<typeof disagreement>;

/** Most split first; least confident vote first; as the records stand. */
export const disagreementOrder = z.enum(["entropy", "conf", "position"]);
export type DisagreementOrder = z.infer<typeof disagreementOrder>;

/** A query tree, in an address as JSON. */
const queryInAddress = z.preprocess((value) => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}, queryJson);

export const listDisagreementsInput = page.extend({
  project: projectRef,
  label: labelRef,
  state: reconciliationState.or(z.literal("all")).default("open"),
  /** Who has to differ; default: any two annotators. */
  annotators: several(id, 1000).optional(),
  /** Which kinds have to differ; with `annotators` both hold. */
  kinds: several(annotatorKind, 1000).optional(),
  subsetId: id.optional(),
  query: queryInAddress.optional(),
  order: disagreementOrder.default("entropy"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const disagreementCounts = z.object({
  open: z.number().int(),
  reconciled: z.number().int(),
  changed: z.number().int(),
});
export type DisagreementCounts = z.infer<typeof disagreementCounts>;
/** `counts` are of all states, whichever is listed. */
export const disagreementList = listOf(disagreement).extend({ counts: disagreementCounts });
export type DisagreementList = z.infer<typeof disagreementList>;

export const getDisagreementsInput = z.object({
  project: projectRef,
  label: labelRef,
  recordIds: z.array(id).min(1).max(200),
});
export const disagreements = z.object({ items: z.array(disagreement) });

const decision = z.object({
  recordId: id,
  ...place,
  /** The final value; null takes the decision back; empty on a span: there is no label here. */
  value: givenValue.nullable(),
  note: note.nullish(),
  /** The decision that the writer knows to stand, null for none. With another one standing, this one is overtaken. */
  base: id.nullable().default(null),
  /** The votes that the writer has seen; default: those of now. */
  votesVersion: votesVersion.optional(),
});
export const reconcileInput = z.object({
  project: projectRef,
  label: labelRef,
  items: z.array(decision).min(1).max(1000),
});

const refusedDecision = z.object({
  recordId: id,
  ...place,
  error: z.object({ code: z.string(), message: z.string() }),
  /** What stands instead, where somebody else was first. */
  stands: reconciliation.nullable(),
});
const writtenDecision = z.object({ recordId: id, ...place, reconciliation });
/** One answer for each item, in their order. */
export const reconcileOutput = z.object({ items: z.array(z.union([writtenDecision, refusedDecision])) });
export type ReconcileAnswer = z.infer<typeof reconcileOutput>["items"][number];

export const undoReconciliationsInput = z.object({
  project: projectRef,
  /** One's own decisions; each is replaced by what stood before it, where it still stands. */
  ids: z.array(id).min(1).max(1000),
});

export const listReconciliationsInput = page.extend({
  project: projectRef,
  label: labelRef.optional(),
  recordId: id.optional(),
  authorId: id.optional(),
  since: askedTime.optional(),
  /** Also those that no longer stand. */
  history: z.stringbool().or(z.boolean()).optional(),
});
export const reconciliationList = listOf(reconciliation);

/** Where somebody looks; without a record: nowhere any more. */
export const lookAtDisagreementInput = z.object({
  project: projectRef,
  label: labelRef,
  recordId: id.nullable(),
  ...place,
});
export const watchReconciliationsInput = z.object({ project: projectRef, label: labelRef });

const presence = z.object({ person, recordId: id.nullable(), ...place });
export type ReconcilingPresence = z.infer<typeof presence>;
/** What is new since the last message. */
export const reconciliationNews = z.object({
  /** Records on which something was decided or taken back. */
  recordIds: z.array(id),
  /** Who looks where since, the newest last. */
  looks: z.array(presence),
  /** Somebody has begun to watch, who is to be told where others look. Not who: viewers are not seen. */
  arrived: z.boolean(),
  /** Messages may have been lost: read everything again. */
  gap: z.boolean(),
});
export type ReconciliationNews = z.infer<typeof reconciliationNews>;
