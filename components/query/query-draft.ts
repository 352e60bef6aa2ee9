import type { Predicate, Query } from "@/contracts/query";

/** A query as the builder edits it: each node knows whether it is negated, and has a key that stays. */
export type Draft = DraftGroup | DraftCondition;
export type DraftGroup = {
  key: string;
  kind: "group";
  op: "and" | "or";
  negated: boolean;
  parts: Draft[];
};
export type DraftCondition = { key: string; kind: "condition"; negated: boolean; predicate: Predicate };

let keys = 0;
const newKey = () => `part-${keys++}`;

export const newGroup = (parts: Draft[] = [], op: DraftGroup["op"] = "and"): DraftGroup => ({
  key: newKey(),
  kind: "group",
  op,
  negated: false,
  parts,
});

export const newCondition = (predicate: Predicate): DraftCondition => ({
  key: newKey(),
  kind: "condition",
  negated: false,
  predicate,
});

/** A query as a draft whose root is a group. */
export function toDraft(query: Query | null): DraftGroup {
  if (query === null) return newGroup();
  const draft = draftOf(query);
  return draft.kind === "group" ? draft : newGroup([draft]);
}

/** The query of a draft; empty groups ask nothing, and a group of one is that one. */
export function fromDraft(draft: Draft): Query | null {
  const query = draft.kind === "condition" ? draft.predicate : groupQuery(draft);
  return query && draft.negated ? { not: query } : query;
}

/** The draft with one node replaced, or taken out by null. The root can't be taken out. */
export function withPart(root: DraftGroup, key: string, part: Draft | null): DraftGroup {
  if (root.key === key) return part?.kind === "group" ? part : root;
  return {
    ...root,
    parts: root.parts.flatMap((one) => {
      if (one.key === key) return part ? [part] : [];
      return [one.kind === "group" ? withPart(one, key, part) : one];
    }),
  };
}

/** Conditions in it, at any depth. */
export function countConditions(draft: Draft): number {
  if (draft.kind === "condition") return 1;
  return draft.parts.reduce((sum, part) => sum + countConditions(part), 0);
}

function draftOf(query: Query): Draft {
  if ("and" in query) return newGroup(query.and.map(draftOf), "and");
  if ("or" in query) return newGroup(query.or.map(draftOf), "or");
  if (!("not" in query)) return newCondition(query);
  const inside = draftOf(query.not);
  return inside.negated ? { ...newGroup([inside]), negated: true } : { ...inside, negated: true };
}

function groupQuery({ op, parts }: DraftGroup): Query | null {
  const queries = parts.flatMap((part) => fromDraft(part) ?? []);
  const [first, ...others] = queries;
  if (!first) return null;
  if (others.length === 0) return first;
  return op === "and" ? { and: queries } : { or: queries };
}
