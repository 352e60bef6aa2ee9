import { z } from "zod";
import { id, isoTime, jsonValue } from "./common";

export const compareOps = ["==", "!=", "<", "<=", ">", ">=", "exists"] as const;
const compareOp = z.enum(compareOps);
export type CompareOp = z.infer<typeof compareOp>;

/** A job's or person's id, bare or as `job:<id>` / `user:<id>`. */
export const annotatorRef = z
  .string()
  .regex(
    /^(?:(?:job|user|imported):)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    "must be an annotator id",
  );
const annotatorRefs = z.array(annotatorRef).max(1000);
const name = z.string().min(1).max(255);
/** Longer than any text. */
const MAX_OFFSET = 1_000_000;

export const keywordPredicate = z.strictObject({
  keyword: z.string().min(1).max(1000),
  caseSensitive: z.boolean().optional(),
});
/** A regular expression in RE2's syntax. `flags` is a set of `c` (case-sensitive), `m` and `s`. */
export const regexPredicate = z.strictObject({
  regex: z.string().min(1).max(1000),
  flags: z
    .string()
    .regex(/^(?!.*(.).*\1)[cms]*$/, 'must be made of "c" (case-sensitive), "m" and "s", each at most once')
    .optional(),
});
/** Words of the text, as in a web search: `cat dog`, `"black cat"`, `cat or dog`, `cat -dog`. */
export const fullTextPredicate = z.strictObject({ fullText: z.string().min(1).max(1000) });
/** Records that are assigned to a person and not taken back. */
export const assignedToPredicate = z.strictObject({ assignedTo: annotatorRef });
/** The nearest records to one, itself not among them: by vectors stored under a metadata name, else by text. */
export const similarToPredicate = z.strictObject({
  similarTo: z.strictObject({
    recordId: id,
    metadata: name.optional(),
    limit: z.int().min(1).max(1000).default(50),
  }),
});
export const idsPredicate = z.strictObject({ ids: z.array(id).max(10_000) });
export const externalIdsPredicate = z.strictObject({ externalIds: z.array(z.string().max(255)).max(10_000) });
export const metadataPredicate = z.strictObject({
  metadata: z.strictObject({ name, op: compareOp, value: jsonValue.optional() }),
});
export const annotatorPredicate = z.strictObject({ annotator: annotatorRefs.min(1) });
export const labelPredicate = z.strictObject({
  label: z.strictObject({
    name,
    /** `doubted`: somebody said that they can't tell. */
    op: z.enum(["==", "!=", "exists", "missing", "conflicts", "doubted"]),
    value: z.union([z.string().max(200), z.array(z.string().max(200)).max(200)]).optional(),
    annotators: annotatorRefs.optional(),
    /** Only annotations of the span with these borders: code points, end exclusive. Not with `conflicts` and `doubted`. */
    start: z.int().min(0).max(MAX_OFFSET).optional(),
    end: z.int().min(1).max(MAX_OFFSET).optional(),
  }),
});
export const labelMetadataPredicate = z.strictObject({
  labelMetadata: z.strictObject({
    label: name,
    name,
    op: compareOp,
    value: jsonValue.optional(),
    annotators: annotatorRefs.optional(),
  }),
});
export const verificationPredicate = z.strictObject({
  verification: z.strictObject({
    label: name,
    mode: z.enum(["ALL", "UNVERIFIED", "VERIFIED"]).default("ALL"),
    jobIds: annotatorRefs.optional(),
    status: z.enum(["CONFIRMS", "CORRECTS", "UNSURE"]).optional(),
    verifierIds: annotatorRefs.optional(),
  }),
});
/** Records with an open flag. */
const flaggedPredicate = z.strictObject({ flagged: z.literal(true) });
const subsetPredicate = z.strictObject({ subset: id });
export const createdAtPredicate = z.strictObject({
  createdAt: z.strictObject({ op: z.enum(["==", "!=", "<", "<=", ">", ">="]), value: isoTime }),
});

/** One predicate kind a key; the tree's nodes hold exactly one. */
export const predicates = {
  keyword: keywordPredicate,
  regex: regexPredicate,
  fullText: fullTextPredicate,
  ids: idsPredicate,
  externalIds: externalIdsPredicate,
  metadata: metadataPredicate,
  annotator: annotatorPredicate,
  label: labelPredicate,
  labelMetadata: labelMetadataPredicate,
  verification: verificationPredicate,
  assignedTo: assignedToPredicate,
  flagged: flaggedPredicate,
  subset: subsetPredicate,
  similarTo: similarToPredicate,
  createdAt: createdAtPredicate,
} as const;
export type PredicateKind = keyof typeof predicates;
export type Predicate = { [K in PredicateKind]: z.infer<(typeof predicates)[K]> }[PredicateKind];

/** A tree of predicates. `{}` or nothing is every record. */
export type Query = { and: Query[] } | { or: Query[] } | { not: Query } | Predicate;

/** Parsed with paths and limits by `parseQuery` of the search module; here any JSON object passes. */
export const queryJson = z
  .record(z.string(), jsonValue)
  .meta({ description: 'A tree of conditions, as under "Queries": {"keyword": "late"}; {} is every record' });

/** `rank` is how well a record fits the `fullText` of the query; unlike all else it comes highest first. */
export const sortKey = z
  .strictObject({
    by: z
      .string()
      .regex(
        /^(?:position|externalId|createdAt|conf|rank|metadata\..{1,255})$/su,
        "must be position, externalId, createdAt, conf, rank or metadata.<name>",
      ),
    label: name.optional(),
    annotator: annotatorRef.optional(),
    order: z.enum(["asc", "desc"]).optional(),
  })
  .transform(({ order, ...key }) => ({ ...key, order: order ?? (key.by === "rank" ? "desc" : "asc") }));
export type SortKey = z.infer<typeof sortKey>;
export const sort = z.union([z.array(sortKey).max(8), sortKey.transform((key) => [key])]);
