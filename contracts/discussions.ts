import { z } from "zod";
import { id, isoTime, listOf, note, page, projectRef } from "./common";
import { projectRole } from "./roles";

const person = z.object({ id, name: z.string() });
/** How a comment or flag is tied to more than its record. */
const about = {
  /** A label of the active schema. */
  label: z.string().min(1).max(255).optional(),
  /** The verification session in which it was written; it must hold the record. */
  sessionId: id.optional(),
};

/** Code points that a comment may have. */
export const MAX_COMMENT = 4000;
const body = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .refine((text) => [...text].length <= MAX_COMMENT, `must be at most ${MAX_COMMENT} characters`);

export const comment = z.object({
  id,
  recordId: id,
  sessionId: id.nullable(),
  label: z.string().nullable(),
  author: person,
  /** Markdown without HTML; `@{<user id>}` mentions a member. Empty when deleted. */
  body: z.string(),
  /** Names of today of the people mentioned. */
  mentions: z.array(person),
  createdAt: isoTime,
  editedAt: isoTime.nullable(),
  deleted: z.boolean(),
  resolved: z.object({ by: person, at: isoTime }).nullable(),
});
export type Comment = z.infer<typeof comment>;
export const commentList = listOf(comment);
/** Where one looks: in a session an administrator who decides is a person as any other. */
const place = { sessionId: id.optional() };
export const listCommentsInput = page.extend({ project: projectRef, recordId: id, ...place });
export const createCommentInput = z.object({ project: projectRef, recordId: id, body, ...about });
export const commentRef = z.object({ project: projectRef, id });
export const patchCommentInput = commentRef
  .extend({
    /** Of one's own comment. */
    body: body.optional(),
    resolved: z.boolean().optional(),
  })
  .refine(({ body: text, resolved }) => text !== undefined || resolved !== undefined, {
    path: ["body"],
    message: "give a body, or say whether it is resolved",
  });

export const listPeopleInput = z.object({
  project: projectRef,
  recordId: id,
  /** A part of the name. */
  q: z.string().trim().max(120).optional(),
});
/** Enough to tell two people of one name apart; the address only for who may read the members' list. */
const mentionable = person.extend({ role: projectRole, email: z.string().nullable() });
export type Mentionable = z.infer<typeof mentionable>;
export const peopleOutput = z.object({ items: z.array(mentionable) });

export const flagKinds = ["wrongText", "unclearGuideline", "notInSchema", "other"] as const;
const flagKind = z.enum(flagKinds);
export type FlagKind = z.infer<typeof flagKind>;
const flagState = z.enum(["open", "resolved", "withdrawn"]);

export const flag = z.object({
  id,
  recordId: id,
  externalId: z.string(),
  /** The beginning of the record's text. */
  excerpt: z.string(),
  sessionId: id.nullable(),
  label: z.string().nullable(),
  author: person,
  kind: flagKind,
  note: z.string().nullable(),
  state: flagState,
  createdAt: isoTime,
  /** Who resolved or withdrew it, and what they said. */
  settled: z.object({ by: person, at: isoTime, note: z.string().nullable() }).nullable(),
});
export type Flag = z.infer<typeof flag>;
export const flagList = listOf(flag);
export const listFlagsInput = page.extend({
  project: projectRef,
  recordId: id.optional(),
  state: flagState.optional(),
  /** Only the caller's own. */
  mine: z.stringbool().or(z.boolean()).optional(),
});
export const createFlagInput = z
  .object({ project: projectRef, recordId: id, kind: flagKind, note: note.optional(), ...about })
  .refine(({ kind, note: words }) => kind !== "other" || Boolean(words), {
    path: ["note"],
    message: 'says what is wrong: it must not be empty with the kind "other"',
  });
export const patchFlagInput = z.object({
  project: projectRef,
  id,
  /** `withdrawn`: its author takes it back; `resolved`, `open`: a reviewer settles it, or opens it again. */
  state: flagState,
  /** What was done about it. */
  note: note.optional(),
});

export const countDiscussionsInput = z.object({
  project: projectRef,
  recordIds: z.array(id).max(1000),
  ...place,
});
const discussionCounts = z.object({
  recordId: id,
  /** Comments that are not deleted. */
  comments: z.number().int(),
  openFlags: z.number().int(),
  /** The caller's own open flag. */
  ownFlag: z.object({ id, kind: flagKind, note: z.string().nullable() }).nullable(),
});
export type DiscussionCounts = z.infer<typeof discussionCounts>;
/** Records about which nothing was said are left out. */
export const discussionCountsOutput = z.object({ items: z.array(discussionCounts) });

const inboxEntry = z.object({
  id,
  kind: z.enum(["mention", "reply", "flagResolved"]),
  record: z.object({ id, externalId: z.string() }),
  /** Where it was said, when that was a session that the reader may see, with the first label of the record there. */
  session: z.object({ id, name: z.string(), annotationId: id }).nullable(),
  by: person,
  comment: comment.pick({ id: true, body: true, mentions: true }).nullable(),
  flag: flag.pick({ id: true, kind: true, settled: true }).nullable(),
  createdAt: isoTime,
  read: z.boolean(),
});
export type InboxEntry = z.infer<typeof inboxEntry>;
export const inboxList = listOf(inboxEntry);
export const listInboxInput = page.extend({
  project: projectRef,
  unread: z.stringbool().or(z.boolean()).optional(),
});
export const inboxCountInput = z.object({ project: projectRef });
export const inboxCount = z.object({ unread: z.number().int() });
export const markInboxInput = z.object({
  project: projectRef,
  /** Without it, everything. */
  ids: z.array(id).min(1).max(1000).optional(),
  read: z.boolean().default(true),
});

/** What the stream of a project's discussions tells. */
const discussionNews = z.object({
  unread: z.number().int(),
  /** Records about which something was said since the last message; null: not known, or too many, so any. */
  recordIds: z.array(id).nullable(),
});
export type DiscussionNews = z.infer<typeof discussionNews>;
