import type { Vocabulary } from "./vocabulary";

/** Something that could stand where one is typing. */
export type Suggestion = { insert: string; label: string; hint: string };
/** Which part of the text the suggestions would replace. */
export type Suggestions = { from: number; to: number; items: Suggestion[] };

const SHOWN = 8;

/** What could stand at a place of a query's text: the names of this project, and the words of the language. */
export function suggest(text: string, at: number, vocabulary: Vocabulary): Suggestions {
  const before = text.slice(0, at);
  const found = contextOf(before);
  const from = at - found.typed.length;
  const wanted = bare(found.typed);
  const offered = offer(found, vocabulary).filter(({ label, insert }) => {
    const name = label.toLowerCase();
    return name !== wanted && insert !== found.typed && name.includes(wanted);
  });
  const first = offered.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  const items = [...first, ...offered.filter((one) => !first.includes(one))].slice(0, SHOWN);
  return { from, to: at, items: wanted === "" && found.kind === "word" ? [] : items };
}

/** A name as the language reads it. */
export const quoted = (name: string): string =>
  /^[\p{L}\p{N}_-]+$/u.test(name) ? name : JSON.stringify(name);

type Context =
  | { kind: "word"; typed: string }
  | { kind: "label" | "metadata" | "subset" | "person"; typed: string }
  | { kind: "option"; typed: string; label: string }
  | { kind: "afterLabel"; typed: string };

const name = String.raw`(?:"(?:[^"\\]|\\.)*"|[^\s()"<>=~!,.]+)`;
const partial = String.raw`("(?:[^"\\]|\\.)*|[^\s()"<>=~!,.]*)`;
const after = (source: string) => new RegExp(`${source}$`, "isu");
const patterns = {
  option: after(String.raw`label:(${name})\s*(?:=|!=|==)\s*${partial}`),
  afterLabel: after(String.raw`label:${name}\s+([a-z]*)`),
  label: after(`label:${partial}`),
  metadata: after(String.raw`metadata\.${partial}`),
  subset: after(`subset:${partial}`),
  person: after(String.raw`\b(?:by|of|assigned\s+to)\s+(?:${name}\s*,\s*)*${partial}`),
  word: /([\p{L}\p{N}_:.]*)$/u,
};

function contextOf(before: string): Context {
  const option = patterns.option.exec(before);
  if (option) return { kind: "option", label: unquoted(option[1] ?? ""), typed: option[2] ?? "" };
  const afterLabel = patterns.afterLabel.exec(before);
  if (afterLabel) return { kind: "afterLabel", typed: afterLabel[1] ?? "" };
  for (const kind of ["label", "metadata", "subset", "person"] as const) {
    const match = patterns[kind].exec(before);
    if (match) return { kind, typed: match[1] ?? "" };
  }
  return { kind: "word", typed: patterns.word.exec(before)?.[1] ?? "" };
}

const words: Suggestion[] = [
  ["and", "both"],
  ["or", "either"],
  ["not", "the opposite"],
  ["conf", "confidence: conf < 0.9"],
  ["text ~ /", "regular expression: text ~ /late|delayed/"],
  ['fulltext("', "words of the text"],
  ["created", "time of import: created >= 2024-01-31"],
  ["assigned to", "a person"],
  ["labelled by", "people and jobs"],
  ["is flagged", "somebody's flag is open"],
  ["similar to", "a record's id"],
  ["id in (", "ids of records"],
].map(([insert = "", hint = ""]) => ({ insert, label: insert, hint }));

const labelTests: Suggestion[] = [
  ["exists", "somebody labelled it"],
  ["missing", "nobody labelled it"],
  ["conflicts", "annotators differ"],
  ["doubted", "somebody can't tell"],
  ["verified", "a person judged it"],
  ["unverified", "nobody judged it"],
  ["by", "whose label"],
].map(([insert = "", hint = ""]) => ({ insert, label: insert, hint }));

function offer(context: Context, vocabulary: Vocabulary): Suggestion[] {
  const { labels, metadata, subsets, annotators, people } = vocabulary;
  const named = (one: string, hint: string) => ({ insert: quoted(one), label: one, hint });
  switch (context.kind) {
    case "option":
      return (labels.find((label) => label.name === context.label)?.options ?? []).map(({ value, text }) =>
        named(value, text === value ? "" : text),
      );
    case "afterLabel":
      return labelTests;
    case "label":
      return labels.map((label) => named(label.name, "label"));
    case "metadata":
      return metadata.map((one) => named(one.name, one.type === "string" ? "text" : one.type));
    case "subset":
      return subsets.map((subset) => named(subset.name, "subset"));
    case "person": {
      const known = new Set(annotators.map(({ id }) => id));
      return [
        ...annotators.map((one) => named(one.name, one.kind === "job" ? "job" : "person")),
        ...people.filter(({ id }) => !known.has(id)).map((one) => named(one.name, "person")),
      ];
    }
    case "word":
      return [
        ...labels.map((label) => prefixed("label:", label.name, "label")),
        ...metadata.map((one) => prefixed("metadata.", one.name, "metadata")),
        ...subsets.map((subset) => prefixed("subset:", subset.name, "subset")),
        ...words,
      ];
  }
}

const prefixed = (prefix: string, one: string, hint: string): Suggestion => ({
  insert: `${prefix}${quoted(one)}`,
  label: `${prefix}${one}`,
  hint,
});

const bare = (typed: string): string => unquoted(typed).toLowerCase();

function unquoted(typed: string): string {
  if (!typed.startsWith('"')) return typed;
  const closed = typed.length > 1 && typed.endsWith('"') ? typed : `${typed}"`;
  try {
    return String(JSON.parse(closed));
  } catch {
    return typed.slice(1);
  }
}
