import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "@/contracts/common";
import type { CompareOp, Predicate, Query, SortKey } from "@/contracts/query";
import { byCodePoint, distinctByCodePoint } from "@/server/platform/code-point-order";
import { foldCase } from "../fold-case";
import type { Assigned } from "../query-scope";
import { comparison } from "./evaluate-sort";
import { hasWords, matches } from "./evaluate-text";
import type { Eyes, WorldAnnotation, WorldRecord } from "./world";

/** The ids that a query finds, in an order: the meaning of a query, told apart from SQL. */
export function evaluateQuery(query: Query | null, eyes: Eyes, sort: readonly SortKey[] = []): string[] {
  return eyes.world.records
    .filter((record) => !record.deleted && reaches(record, eyes) && (!query || holds(query, record, eyes)))
    .sort(comparison(sort, eyes))
    .map(({ id }) => id);
}

function reaches(record: WorldRecord, eyes: Eyes): boolean {
  const { world, viewer } = eyes;
  if (viewer.kind === "team") return true;
  return (
    viewer.assigned.some((assigned) => isAssigned(assigned, record, eyes)) ||
    (world.opened.get(viewer.userId)?.has(record.id) ?? false)
  );
}

function isAssigned({ id, subsetId, frozen }: Assigned, record: WorldRecord, eyes: Eyes): boolean {
  if (frozen) return eyes.world.shares.get(id)?.has(record.id) ?? false;
  return inSubset(subsetId, record, { ...eyes, viewer: { kind: "team" } });
}

function isAssignedTo(ref: string, record: WorldRecord, eyes: Eyes): boolean {
  const { world, viewer, inside = [] } = eyes;
  const [userId = ""] = bare([ref]);
  if (inside.includes(userId) || (viewer.kind === "annotator" && viewer.userId !== userId)) return false;
  const within = { ...eyes, inside: [...inside, userId] };
  return world.assigned.get(userId)?.some((assigned) => isAssigned(assigned, record, within)) ?? false;
}

function holds(query: Query, record: WorldRecord, eyes: Eyes): boolean {
  if ("or" in query) return query.or.some((part) => holds(part, record, eyes));
  if ("not" in query) return !holds(query.not, record, eyes);
  if ("and" in query) return allHold(query.and, record, eyes);
  return predicateHolds(query, record, eyes);
}

/** Predicates about one annotation, with one label and the same named annotators, meet on one annotation. */
function allHold(parts: readonly Query[], record: WorldRecord, eyes: Eyes): boolean {
  return parts.every((part) => {
    const key = groupKey(part);
    if (key === null) return holds(part, record, eyes);
    const together = parts.filter((other) => groupKey(other) === key);
    return annotationsOf(record, eyes).some((annotation) =>
      together.every((one) => onAnnotation(one, annotation, eyes)),
    );
  });
}

function groupKey(part: Query): string | null {
  const about = aboutAnnotation(part);
  return about && about.annotators.length > 0 ? JSON.stringify(about) : null;
}

function aboutAnnotation(part: Query): { label: string; annotators: string[] } | null {
  if ("label" in part) {
    if (part.label.op === "missing" || part.label.op === "conflicts") return null;
    return { label: part.label.name, annotators: bare(part.label.annotators) };
  }
  if ("labelMetadata" in part)
    return { label: part.labelMetadata.label, annotators: bare(part.labelMetadata.annotators) };
  if ("verification" in part)
    return { label: part.verification.label, annotators: bare(part.verification.jobIds) };
  return null;
}

function predicateHolds(query: Predicate, record: WorldRecord, eyes: Eyes): boolean {
  if ("keyword" in query)
    return query.caseSensitive
      ? record.content.includes(query.keyword)
      : foldCase(record.content).includes(foldCase(query.keyword));
  if ("regex" in query) return matches(query, record.content);
  if ("fullText" in query) return hasWords(query.fullText, record.content);
  if ("assignedTo" in query) return isAssignedTo(query.assignedTo, record, eyes);
  if ("ids" in query) return query.ids.includes(record.id);
  if ("externalIds" in query) return query.externalIds.includes(record.externalId);
  if ("metadata" in query) {
    const { name, op, value } = query.metadata;
    const hidden = eyes.viewer.kind === "annotator" && !eyes.viewer.shownMetadata.includes(name);
    return compares(hidden ? undefined : record.metadata[name], op, value);
  }
  if ("annotator" in query)
    return seen(record, eyes).some(({ annotatorId }) => bare(query.annotator).includes(annotatorId));
  if ("flagged" in query) return eyes.world.flags.open.has(record.id);
  if ("subset" in query) {
    if (eyes.viewer.kind === "team") return inSubset(query.subset, record, eyes);
    return eyes.viewer.assigned.some(
      (assigned) => assigned.subsetId === query.subset && isAssigned(assigned, record, eyes),
    );
  }
  if ("createdAt" in query)
    return inOrder(query.createdAt.op, record.createdAt.getTime() - Date.parse(query.createdAt.value));
  if ("label" in query && (query.label.op === "missing" || query.label.op === "conflicts")) {
    const { name, op, annotators } = query.label;
    const ids = bare(annotators);
    const those = seen(record, eyes).filter(
      ({ label, annotatorId }) => label === name && (ids.length === 0 || ids.includes(annotatorId)),
    );
    if (op === "missing") return !those.some((annotation) => hasBorders(query.label, annotation));
    return new Set(those.filter(({ start }) => start < 0).map(({ value }) => JSON.stringify(value))).size > 1;
  }
  return annotationsOf(record, eyes).some((annotation) => onAnnotation(query, annotation, eyes));
}

function onAnnotation(part: Query, annotation: WorldAnnotation, eyes: Eyes): boolean {
  const about = aboutAnnotation(part);
  if (!about || about.label !== annotation.label) return false;
  if (about.annotators.length > 0 && !about.annotators.includes(annotation.annotatorId)) return false;
  if ("label" in part) {
    const { op, value } = part.label;
    if (!isOwn(annotation, eyes) || !hasBorders(part.label, annotation)) return false;
    const same = isDeepStrictEqual(
      annotation.value,
      distinctByCodePoint(typeof value === "string" ? [value] : (value ?? [])),
    );
    return op === "exists" || same === (op === "==");
  }
  if ("labelMetadata" in part) {
    const { name, op, value } = part.labelMetadata;
    const field = name === "conf" ? annotation.conf : annotation.metadata[name];
    return isOwn(annotation, eyes) && compares(field, op, value);
  }
  return "verification" in part && verified(part.verification, annotation, eyes);
}

/** A record label has no borders, a span of the world one character. */
function hasBorders({ start, end }: { start?: number; end?: number }, annotation: WorldAnnotation): boolean {
  const last = annotation.start < 0 ? -1 : annotation.start + 1;
  return (start === undefined || start === annotation.start) && (end === undefined || end === last);
}

function verified(
  { mode, status, verifierIds }: Extract<Query, { verification: unknown }>["verification"],
  { id, annotatorId }: WorldAnnotation,
  { world, viewer }: Eyes,
): boolean {
  if (!world.jobIds.includes(annotatorId)) return false;
  const verifiers = bare(verifierIds);
  const verdict = world.verdicts.some(
    (one) =>
      one.annotationId === id &&
      one.current &&
      one.status !== null &&
      (status === undefined || one.status === status) &&
      (verifiers.length === 0 || verifiers.includes(one.verifierId)) &&
      (viewer.kind === "team" || one.verifierId === viewer.userId),
  );
  if (mode === "UNVERIFIED") return viewer.kind === "team" && !verdict;
  const asks = mode === "VERIFIED" || status !== undefined || verifiers.length > 0;
  return verdict || (!asks && viewer.kind === "team");
}

function compares(field: JsonValue | undefined, op: CompareOp, value: JsonValue | undefined): boolean {
  const present = field !== undefined && field !== null;
  if (op === "exists") return present === (value !== false);
  if (!present) return false;
  if (op === "==") return isDeepStrictEqual(field, value);
  if (op === "!=") return !isDeepStrictEqual(field, value);
  if (typeof field === "number" && typeof value === "number") return inOrder(op, field - value);
  if (typeof field === "string" && typeof value === "string") return inOrder(op, byCodePoint(field, value));
  return false;
}

function inOrder(op: Exclude<CompareOp, "exists">, difference: number): boolean {
  if (op === "==") return difference === 0;
  if (op === "!=") return difference !== 0;
  if (op === "<") return difference < 0;
  if (op === "<=") return difference <= 0;
  return op === ">" ? difference > 0 : difference >= 0;
}

function inSubset(subsetId: string, record: WorldRecord, eyes: Eyes): boolean {
  const definition = eyes.world.subsets.get(subsetId);
  if (!definition) return false;
  if (definition.kind === "static") return eyes.world.members.get(subsetId)?.has(record.id) ?? false;
  return definition.query === null || holds(definition.query, record, eyes);
}

const annotationsOf = ({ id }: WorldRecord, { world }: Eyes) =>
  world.annotations.filter(({ recordId }) => recordId === id);
const isOwn = ({ annotatorId }: WorldAnnotation, { viewer }: Eyes) =>
  viewer.kind === "team" || annotatorId === viewer.userId;
const seen = (record: WorldRecord, eyes: Eyes) =>
  annotationsOf(record, eyes).filter((annotation) => isOwn(annotation, eyes));

const bare = (refs: readonly string[] | undefined) =>
  [...new Set((refs ?? []).map((ref) => ref.replace(/^\w+:/, "").toLowerCase()))].sort();
