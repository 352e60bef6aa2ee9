/*
 * MEGAnno (github.com/megagonlabs/meganno-client, version 1.5). Two shapes: the table of `Service.export()` with
 * `data_id, content, annotator, label_name, label_value`, and what `GET /annotations` and `Subset.value()` give:
 * `annotation_list` with `labels_record` and `labels_span` (`end_idx` is exclusive).
 */
import type { JsonValue } from "@/contracts/common";
import { confOf, entryOf, isObject, numberOf, objectsOf, optionsOf, textOf } from "./json-access";
import type { JsonObject, ParsedItems, ParseOptions, PeerLabel } from "./peer-item";

/** One row of the table, or one record with its annotations. */
export function parseMeganno(value: JsonValue, options: ParseOptions = {}): ParsedItems {
  if (!isObject(value)) return [{ problem: "A row of MEGAnno is an object." }];
  if (Array.isArray(value.annotation_list)) return readRecord(value);
  const content = textOf(entryOf(value, options.content ?? "content"));
  if (content === undefined) return [{ problem: 'The row has no text in "content".' }];
  const externalId = textOf(entryOf(value, options.id ?? "data_id"));
  const label = textOf(value.label_name);
  const chosen = readList(value.label_value);
  if (label === undefined || !chosen)
    return [{ problem: 'The row has no "label_name" or no "label_value".' }];
  const annotator = textOf(value.annotator);
  return [
    {
      externalId,
      content,
      metadata: {},
      labels: [{ annotator, label, level: "record", value: chosen }],
      left: [],
    },
  ];
}

/** `label_value` is a list; pandas writes it into CSV as Python does: `['pos']`. */
function readList(value: JsonValue | undefined): string[] | undefined {
  if (typeof value !== "string" || !/^\[.*\]$/s.test(value)) return optionsOf(value);
  try {
    return optionsOf(JSON.parse(value));
  } catch {
    // Not JSON: Python's own notation.
    const items = [...value.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs)];
    return items.map(([, single, double]) => (single ?? double ?? "").replaceAll(/\\(.)/gs, "$1"));
  }
}

function readRecord(value: JsonObject): ParsedItems {
  const content = textOf(value.record_content);
  if (content === undefined) return [{ problem: 'The record has no text in "record_content".' }];
  const externalId = textOf(value.record_id) ?? textOf(value.uuid);
  const named = objectsOf(value.record_metadata).flatMap(({ name, value: given }): [string, JsonValue][] => {
    const key = textOf(name);
    return key === undefined || given === undefined || given === null ? [] : [[key, given]];
  });
  const labels = objectsOf(value.annotation_list).flatMap(({ annotator, labels_record, labels_span }) =>
    [...objectsOf(labels_record), ...objectsOf(labels_span)].map((given) =>
      readLabel(given, textOf(annotator)),
    ),
  );
  if (labels.some((label) => label === undefined))
    return [
      {
        problem: 'A label of the record has no "label_name", no "label_value", or a span without its place.',
      },
    ];
  return [
    {
      externalId,
      content,
      metadata: Object.fromEntries(named),
      labels: labels.filter((label) => label !== undefined),
      left: [],
    },
  ];
}

function readLabel(given: JsonObject, annotator: string | undefined): PeerLabel | undefined {
  const label = textOf(given.label_name);
  const chosen = optionsOf(given.label_value);
  const [start, end] = [numberOf(given.start_idx), numberOf(given.end_idx)];
  const isSpan = given.label_level === "span" || start !== undefined;
  if (label === undefined || !chosen || (isSpan && (start === undefined || end === undefined)))
    return undefined;
  const facts = objectsOf(given.label_metadata_list).flatMap(({ name, value }): [string, JsonValue][] =>
    textOf(name) === undefined || value === undefined ? [] : [[String(name), value]],
  );
  const { conf, ...metadata } = Object.fromEntries(facts);
  return {
    annotator,
    label,
    level: isSpan ? "span" : "record",
    value: chosen,
    start: isSpan ? start : undefined,
    end: isSpan ? end : undefined,
    conf: confOf(conf).conf,
    metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
  };
}
