import { z } from "zod";
import { id, isoTime, jsonValue } from "./common";

export const compareOps = ["==", "!=", "<", "<=", ">", ">=", "exists"] as const;
const compareOp = z.enum(compareOps);
export type CompareOp = z.infer<typeof compareOp>;

/** A job's or person's id, bare or as `job:<id>` / `user:<id>`. */
const annotatorRef = z
  .string()
  .regex(/^(?:(?:job|user|imported):)?[0-9a-f-]{36}$/i, "must be an annotator id");
const annotatorRefs = z.array(annotatorRef).max(1000);
const name = z.string().min(1).max(255);

export const keywordPredicate = z.strictObject({
  keyword: z.string().min(1).max(1000),
  caseSensitive: z.boolean().optional(),
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
    op: z.enum(["==", "!=", "exists", "missing", "conflicts"]),
    value: z.union([z.string().max(200), z.array(z.string().max(200)).max(200)]).optional(),
    annotators: annotatorRefs.optional(),
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
const subsetPredicate = z.strictObject({ subset: id });
export const createdAtPredicate = z.strictObject({
  createdAt: z.strictObject({ op: z.enum(["==", "!=", "<", "<=", ">", ">="]), value: isoTime }),
});

/** One predicate kind a key; the tree's nodes hold exactly one. */
export const predicates = {
  keyword: keywordPredicate,
  ids: idsPredicate,
  externalIds: externalIdsPredicate,
  metadata: metadataPredicate,
  annotator: annotatorPredicate,
  label: labelPredicate,
  labelMetadata: labelMetadataPredicate,
  verification: verificationPredicate,
  subset: subsetPredicate,
  createdAt: createdAtPredicate,
} as const;
export type PredicateKind = keyof typeof predicates;
export type Predicate = { [K in PredicateKind]: z.infer<(typeof predicates)[K]> }[PredicateKind];

/** A tree of predicates. `{}` or nothing is every record. */
export type Query = { and: Query[] } | { or: Query[] } | { not: Query } | Predicate;

/** Parsed with paths and limits by `parseQuery` of the search module; here any JSON object passes. */
export const queryJson = z.record(z.string(), jsonValue);

export const sortKey = z.strictObject({
  by: z
    .string()
    .regex(
      /^(?:position|externalId|createdAt|conf|metadata\..{1,255})$/su,
      "must be position, externalId, createdAt, conf or metadata.<name>",
    ),
  label: name.optional(),
  annotator: annotatorRef.optional(),
  order: z.enum(["asc", "desc"]).default("asc"),
});
export type SortKey = z.infer<typeof sortKey>;
export const sort = z.union([z.array(sortKey).max(8), sortKey.transform((key) => [key])]);
