import type { z } from "zod";
import type { labelMetadataPredicate, labelPredicate, Query, verificationPredicate } from "@/contracts/query";
import { joinSql, type Sql } from "@/server/platform/sql";
import { annotatorIds } from "./annotator-refs";
import { hasAnnotation } from "./predicates/annotation";
import { isAboutRecord, labelOnAnnotation } from "./predicates/label";
import { labelMetadataOnAnnotation } from "./predicates/label-metadata";
import { verificationOnAnnotation, verifiedOnRecord } from "./predicates/verification";
import type { QueryScope } from "./query-scope";

/** A predicate that one annotation satisfies or not. */
export type AnnotationPredicate =
  | z.infer<typeof labelPredicate>
  | z.infer<typeof labelMetadataPredicate>
  | z.infer<typeof verificationPredicate>;

/** Predicates about the same label and the same annotators, to be satisfied by one annotation. */
export type AnnotationGroup = {
  label: string;
  /** Nobody named: anybody. */
  annotators: string[];
  predicates: AnnotationPredicate[];
};

/**
 * Splits the direct children of an `and`: those about one annotation that name the same label and the same
 * annotators belong together; everything else stands alone.
 */
export function annotationGroups(parts: readonly Query[]): { groups: AnnotationGroup[]; rest: Query[] } {
  const groups = new Map<string, AnnotationGroup>();
  const rest: Query[] = [];
  for (const part of parts) {
    const alone = isAnnotationPredicate(part) ? groupOf(part) : null;
    if (!alone || alone.annotators.length === 0) {
      rest.push(part);
      continue;
    }
    const key = JSON.stringify([alone.label, alone.annotators]);
    const group = groups.get(key);
    if (group) group.predicates.push(...alone.predicates);
    else groups.set(key, alone);
  }
  return { groups: [...groups.values()], rest };
}

/** The group that one predicate makes alone. */
export function groupOf(predicate: AnnotationPredicate): AnnotationGroup {
  const predicates = [predicate];
  if ("label" in predicate) {
    const { name, annotators } = predicate.label;
    return { label: name, annotators: annotatorIds(annotators), predicates };
  }
  if ("labelMetadata" in predicate) {
    const { label, annotators } = predicate.labelMetadata;
    return { label, annotators: annotatorIds(annotators), predicates };
  }
  const { label, jobIds } = predicate.verification;
  return { label, annotators: annotatorIds(jobIds), predicates };
}

/** Whether the record has one annotation that satisfies the whole group. */
export function compileGroup({ label, annotators, predicates }: AnnotationGroup, scope: QueryScope): Sql {
  const [alone, ...others] = predicates;
  if (alone && "verification" in alone && others.length === 0) {
    const verified = verifiedOnRecord(alone.verification, scope);
    if (verified) return verified;
  }
  const conditions = predicates.map((predicate): Sql => {
    if ("label" in predicate) return labelOnAnnotation(predicate.label, scope);
    if ("labelMetadata" in predicate) return labelMetadataOnAnnotation(predicate.labelMetadata, scope);
    return verificationOnAnnotation(predicate.verification, scope);
  });
  return hasAnnotation(scope, label, annotators, joinSql(conditions, " and "));
}

const isAnnotationPredicate = (part: Query): part is AnnotationPredicate =>
  "labelMetadata" in part || "verification" in part || ("label" in part && !isAboutRecord(part.label.op));
