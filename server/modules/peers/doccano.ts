/*
 * doccano, JSONL: https://doccano.github.io/doccano/tutorial (datasets and export). Text classification has `label` as
 * a list of names, sequence labelling as a list of `[start, end, name]`; intent detection and slot filling has
 * `cats` and `entities`; relations come with `entities` of `start_offset` and `end_offset`. Offsets are those of
 * Python: code points. Keys that doccano doesn't know become its metadata, and come back with its export; it exports
 * one file for each person.
 */
import type { JsonValue } from "@/contracts/common";
import { byAnnotator, mergeSpans, onlyLabel } from "./group-labels";
import { entryOf, isObject, listOf, numberOf, optionsOf, textOf } from "./json-access";
import { jsonLine } from "./json-files";
import { MetadataKeys } from "./metadata-keys";
import type {
  JsonObject,
  ParsedItems,
  ParseOptions,
  PeerFileFormat,
  PeerItem,
  PeerLabel,
  WrittenLabel,
} from "./peer-item";

const OWN_KEYS = [
  "id",
  "text",
  "data",
  "label",
  "labels",
  "entities",
  "cats",
  "annotator",
  "Comments",
  "comments",
];
const keys = new MetadataKeys(OWN_KEYS);

/** One line. Relations and comments have no counterpart as labels: they become metadata, and are `left`. */
export function parseDoccano(value: JsonValue, options: ParseOptions = {}): ParsedItems {
  if (!isObject(value))
    return [{ problem: 'A line of doccano is an object such as {"text": …, "label": […]}.' }];
  const contentKey = options.content ?? ("text" in value || !("data" in value) ? "text" : "data");
  const content = textOf(entryOf(value, contentKey));
  if (content === undefined) return [{ problem: `The line has no text in "${contentKey}".` }];
  const externalId = textOf(entryOf(value, options.id ?? "id"));
  const annotator = textOf(value.annotator);
  const labels: PeerLabel[] = [];
  const categories: string[] = [];
  for (const given of [value.label, value.labels, value.entities, value.cats].flatMap(listFrom)) {
    const span = readSpan(given);
    const options = span || Array.isArray(given) ? undefined : optionsOf(given);
    if (!span && !options)
      return [{ problem: `This is no label of doccano: ${JSON.stringify(given).slice(0, 80)}.` }];
    if (span) labels.push(by(annotator, span));
    else categories.push(...(options ?? []));
  }
  if (categories.length > 0) labels.push(by(annotator, { label: null, level: "record", value: categories }));
  const comments = [...listOf(value.Comments), ...listOf(value.comments)];
  const metadata = keys.read(
    Object.fromEntries(Object.entries(value).filter(([key]) => key !== contentKey && key !== options.id)),
  );
  const item: PeerItem = {
    content,
    metadata: comments.length > 0 ? { ...metadata, comments } : metadata,
    labels: mergeSpans(labels),
    left: [
      ...(listOf(value.relations).length > 0 ? ["relations (kept as metadata)"] : []),
      ...(comments.length > 0 ? ["comments (kept as metadata)"] : []),
    ],
  };
  if (externalId !== undefined) item.externalId = externalId;
  return [item];
}

// Not by spreading what may be empty: objects made so outlive the young generation (decision 0042).
function by(annotator: string | undefined, label: PeerLabel): PeerLabel {
  if (annotator) label.annotator = annotator;
  return label;
}

const listFrom = (value: JsonValue | undefined): JsonValue[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

function readSpan(given: JsonValue): PeerLabel | undefined {
  const [start, end, name] = isObject(given)
    ? [given.start_offset, given.end_offset, given.label]
    : listOf(given);
  const option = textOf(name);
  const [from, to] = [numberOf(start), numberOf(end)];
  if (from === undefined || to === undefined || option === undefined) return undefined;
  return { label: null, level: "span", value: [option], start: from, end: to };
}

/** One line for each annotator of a record, as doccano's own file for each person has it. */
export const doccanoFile: PeerFileFormat = {
  extension: "jsonl",
  contentType: "application/x-ndjson; charset=utf-8",
  losses: [
    "doccano has no names of labels: one file holds one record label and one span label.",
    "Confidence is left out.",
    'doccano shows each annotator\'s line as a text of its own; "annotator" becomes metadata there.',
  ],
  open: (labels) => {
    const record = onlyLabel(labels, "record", "doccano");
    const span = onlyLabel(labels, "span", "doccano");
    const shape = record && span ? bothKinds : oneKind(span ? "span" : "record");
    return {
      head: "",
      write: ({ externalId, content, metadata, labels: given }) => {
        const groups = given.length > 0 ? byAnnotator(given) : [{ annotator: null, labels: [] }];
        return groups
          .map(({ annotator, labels: own }) =>
            jsonLine({
              id: externalId,
              text: content,
              ...shape(own),
              ...(annotator ? { annotator: annotator.name } : {}),
              ...keys.write(metadata),
            }),
          )
          .join("");
      },
      end: () => "",
    };
  },
};

const categoriesOf = (labels: readonly WrittenLabel[]): string[] =>
  labels.filter(({ level }) => level === "record").flatMap(({ value }) => [...value]);
const entitiesOf = (labels: readonly WrittenLabel[]): JsonValue[] =>
  labels
    .filter(({ level }) => level === "span")
    .flatMap(({ value, start = 0, end = 0 }) => value.map((option) => [start, end, option]));

const bothKinds = (labels: readonly WrittenLabel[]): JsonObject => ({
  entities: entitiesOf(labels),
  cats: categoriesOf(labels),
});
const oneKind =
  (level: "record" | "span") =>
  (labels: readonly WrittenLabel[]): JsonObject => ({
    label: level === "span" ? entitiesOf(labels) : categoriesOf(labels),
  });
