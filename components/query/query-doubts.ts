import type { JsonValue } from "@/contracts/common";
import type { Predicate, Query } from "@/contracts/query";
import { placeQueryText, problemAt, type QueryTextProblem } from "@/contracts/query-text";
import { nearName } from "./near-name";
import { queryNames } from "./query-text";
import type { Vocabulary } from "./vocabulary";

/** A condition that can be asked and hardly means what it says. */
export type QueryDoubt = { predicate: Predicate; message: string };

const LISTED = 6;

/**
 * What a query names that the project does not have: labels, options, metadata, values of another type. No error,
 * since such names may come later; whoever reads the answer must know.
 */
export function queryDoubts(query: Query | null, vocabulary: Vocabulary): QueryDoubt[] {
  if (query === null) return [];
  if ("and" in query) return query.and.flatMap((part) => queryDoubts(part, vocabulary));
  if ("or" in query) return query.or.flatMap((part) => queryDoubts(part, vocabulary));
  if ("not" in query) return queryDoubts(query.not, vocabulary);
  const message = doubtOf(query, vocabulary);
  return message === null ? [] : [{ predicate: query, message }];
}

/** The same doubts where they stand in a query's text. */
export function textDoubts(text: string, vocabulary: Vocabulary): QueryTextProblem[] {
  const { query, placeOf } = placeQueryText(text, queryNames(vocabulary));
  return queryDoubts(query, vocabulary).map(({ predicate, message }) => {
    const { at, length } = placeOf(predicate);
    return problemAt(text, at, length, message);
  });
}

function doubtOf(predicate: Predicate, vocabulary: Vocabulary): string | null {
  if ("label" in predicate)
    return labelDoubt(predicate.label.name, vocabulary) ?? optionDoubt(predicate.label, vocabulary);
  if ("labelMetadata" in predicate) return labelDoubt(predicate.labelMetadata.label, vocabulary);
  if ("verification" in predicate) return labelDoubt(predicate.verification.label, vocabulary);
  if ("metadata" in predicate) return metadataDoubt(predicate.metadata, vocabulary);
  return null;
}

function labelDoubt(name: string, { labels }: Vocabulary): string | null {
  const names = labels.map((label) => label.name);
  return names.includes(name)
    ? null
    : `The schema has no label “${name}”.${meant(name, names, "Its labels are")}`;
}

type Compared = { name: string; value?: string | string[] | undefined };

function optionDoubt({ name, value = [] }: Compared, { labels }: Vocabulary): string | null {
  const options = labels.find((label) => label.name === name)?.options ?? [];
  const values = options.map((option) => option.value);
  const unknown = [value].flat().find((one) => !values.includes(one));
  if (unknown === undefined) return null;
  const byText = options.find(({ text }) => text.toLowerCase() === unknown.toLowerCase());
  const hint = byText ? ` Write “${byText.value}”.` : meant(unknown, values, "Its options are");
  return `${name} has no option “${unknown}”.${hint}`;
}

type Compare = Extract<Predicate, { metadata: unknown }>["metadata"];

function metadataDoubt({ name, op, value }: Compare, { metadata }: Vocabulary): string | null {
  const known = metadata.find((one) => one.name === name);
  const names = metadata.map((one) => one.name);
  if (!known) return `No record has metadata “${name}”.${meant(name, names, "There is")}`;
  if (op === "exists" || value === undefined || known.type === "json" || typeof value === known.type)
    return null;
  return typeDoubt(name, known.type, value);
}

function typeDoubt(name: string, type: "string" | "number" | "boolean", value: JsonValue): string {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  if (type === "number") return `${name} is a number, and “${shown}” is none.`;
  if (type === "boolean") return `${name} is true or false, never “${shown}”.`;
  return `${name} is text: “${shown}” needs quotation marks.`;
}

/** What was probably meant, else what there is, if that can be told in a line. */
function meant(given: string, names: readonly string[], there: string): string {
  const near = nearName(given, names);
  if (near !== undefined) return ` Did you mean “${near}”?`;
  return names.length > 0 && names.length <= LISTED ? ` ${there} ${names.join(", ")}.` : "";
}
