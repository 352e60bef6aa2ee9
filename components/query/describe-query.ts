import type { JsonValue } from "@/contracts/common";
import type { CompareOp, Predicate, Query } from "@/contracts/query";
import { annotatorName, type Vocabulary } from "./vocabulary";

/** A query in a sentence for people: `text has "good" and sentiment is pos by gpt-4`. */
export function describeQuery(query: Query | null, vocabulary: Vocabulary): string {
  return query === null ? "every record" : phrase(query, vocabulary, false);
}

function phrase(query: Query, vocabulary: Vocabulary, inside: boolean): string {
  if ("not" in query) return `not ${phrase(query.not, vocabulary, true)}`;
  if (!("and" in query) && !("or" in query)) return describePredicate(query, vocabulary);
  const [parts, word] = "and" in query ? [query.and, "and"] : [query.or, "or"];
  const joined = parts.map((part) => phrase(part, vocabulary, true)).join(` ${word} `);
  return inside && parts.length > 1 ? `(${joined})` : joined;
}

function describePredicate(predicate: Predicate, vocabulary: Vocabulary): string {
  const by = (refs: readonly string[] | undefined, word = "by") =>
    refs && refs.length > 0
      ? ` ${word} ${refs.map((ref) => annotatorName(vocabulary, ref)).join(" or ")}`
      : "";
  if ("keyword" in predicate)
    return `text has ${JSON.stringify(predicate.keyword)}${predicate.caseSensitive ? " exactly" : ""}`;
  if ("regex" in predicate) return `text matches /${predicate.regex}/${predicate.flags ?? ""}`;
  if ("fullText" in predicate) return `text has the words ${predicate.fullText}`;
  if ("assignedTo" in predicate) return `assigned to ${annotatorName(vocabulary, predicate.assignedTo)}`;
  if ("similarTo" in predicate) return `among the ${predicate.similarTo.limit} most similar to a record`;
  if ("flagged" in predicate) return "flagged";
  if ("ids" in predicate) return counted(predicate.ids.length, "chosen record");
  if ("externalIds" in predicate) return counted(predicate.externalIds.length, "id");
  if ("metadata" in predicate) {
    const { name, op, value } = predicate.metadata;
    return comparison(name, op, value);
  }
  if ("annotator" in predicate) return `labelled${by(predicate.annotator)}`;
  if ("label" in predicate) {
    const { name, op, value, annotators } = predicate.label;
    if (op === "conflicts") return `${name} differs${by(annotators, "between").replaceAll(" or ", " and ")}`;
    if (op === "doubted") return `${name} could not be told${by(annotators)}`;
    if (op === "missing" || op === "exists")
      return `${name} is ${op === "missing" ? "missing" : "there"}${by(annotators)}`;
    const options = typeof value === "string" ? value : (value ?? []).join(" + ");
    return `${name} is ${op === "!=" ? "not " : ""}${options}${by(annotators)}`;
  }
  if ("labelMetadata" in predicate) {
    const { label, name, op, value, annotators } = predicate.labelMetadata;
    return `${comparison(`${label}'s ${name}`, op, value)}${by(annotators)}`;
  }
  if ("verification" in predicate) {
    const { label, mode, jobIds, status, verifierIds } = predicate.verification;
    const state = { ALL: "labelled", VERIFIED: "verified", UNVERIFIED: "unverified" }[mode];
    const kind = status ? ` as ${status}` : "";
    return `${label} ${state}${kind}${by(jobIds, "of")}${by(verifierIds)}`;
  }
  if ("subset" in predicate)
    return `in ${vocabulary.subsets.find(({ id }) => id === predicate.subset)?.name ?? "an unknown subset"}`;
  return `imported ${predicate.createdAt.op} ${predicate.createdAt.value.slice(0, 10)}`;
}

function comparison(name: string, op: CompareOp, value: JsonValue | undefined): string {
  if (op === "exists") return `${name} is ${value === false ? "absent" : "there"}`;
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  return `${name} ${op === "==" ? "is" : op === "!=" ? "is not" : op} ${shown}`;
}

const counted = (count: number, what: string) => `one of ${count} ${what}${count === 1 ? "" : "s"}`;
