/*
 * Label Studio, JSON of tasks: https://labelstud.io/guide/task_format (tasks, `annotations`, `predictions`, `result`),
 * https://labelstud.io/guide/predictions (`model_version`, `score`). Offsets of the Text tag are code points since
 * label-studio-frontend pull request 308 (2021), UTF-16 units before; the oldest files (`completions`) count `end`
 * inclusively. The region's own `text` tells which.
 */
import type { JsonValue } from "@/contracts/common";
import { TextOffsets } from "@/contracts/text-offsets";
import { byAnnotator, mergeSpans } from "./group-labels";
import { confOf, entryOf, isObject, listOf, numberOf, objectsOf, optionsOf, textOf } from "./json-access";
import { arrayWriter } from "./json-files";
import { MetadataKeys } from "./metadata-keys";
import type {
  JsonObject,
  ParsedItems,
  ParseOptions,
  PeerFileFormat,
  PeerLabel,
  WrittenLabel,
  WrittenRecord,
} from "./peer-item";

const TEXT = "text";
const dataKeys = new MetadataKeys(["id", TEXT]);

/** A task with its annotations and predictions. Regions that are no choices and no spans of the text are `left`. */
export function parseLabelStudio(value: JsonValue, options: ParseOptions = {}): ParsedItems {
  if (!isObject(value) || !isObject(value.data))
    return [{ problem: 'A Label Studio task is an object with "data".' }];
  const { data } = value;
  const key = options.content ?? textKey(data);
  const content = key === undefined ? undefined : textOf(entryOf(data, key));
  if (key === undefined || content === undefined)
    return [
      { problem: `The task has no text: "data" has the keys ${Object.keys(data).join(", ") || "none"}.` },
    ];
  const { [key]: _, ...beside } = data;
  const idKey = options.id ?? "id";
  const externalId = textOf(entryOf(data, idKey)) ?? textOf(value.id);
  const left = new Set<string>();
  const labels: PeerLabel[] = [];
  const text = new TextOffsets(content);
  for (const annotation of [...objectsOf(value.annotations), ...objectsOf(value.completions)])
    if (annotation.was_cancelled === true || annotation.skipped === true) left.add("skipped annotations");
    else labels.push(...regions(annotation, whoCompleted(annotation), text, left));
  for (const prediction of objectsOf(value.predictions)) {
    const annotator = textOf(prediction.model_version) ?? "prediction";
    labels.push(...regions(prediction, { annotator, machine: true }, text, left));
  }
  const unread = labels.find((label) => label.level === "span" && label.start === undefined);
  if (unread) return [{ problem: placeProblem(unread) }];
  const metadata = dataKeys.read(
    Object.fromEntries(Object.entries(beside).filter(([name]) => name !== idKey)),
  );
  return [
    {
      externalId,
      content,
      metadata,
      labels: mergeSpans(labels),
      left: [...left],
    },
  ];
}

/** The text's key: by name, else the only text there is. */
function textKey(data: JsonObject): string | undefined {
  const named = [TEXT, "content"].find((name) => typeof entryOf(data, name) === "string");
  if (named) return named;
  const texts = Object.keys(data).filter((name) => name !== "id" && typeof data[name] === "string");
  return texts.length === 1 ? texts[0] : undefined;
}

type Who = Pick<PeerLabel, "annotator" | "machine">;

/** `annotator` is our own key, which Label Studio ignores: it knows people only by their account. */
function whoCompleted({ annotator, completed_by: by }: JsonObject): Who {
  const account = isObject(by)
    ? (textOf(by.email) ??
      ([textOf(by.first_name), textOf(by.last_name)].filter(Boolean).join(" ") || textOf(by.id)))
    : textOf(by) && `user ${textOf(by)}`;
  const name = textOf(annotator) ?? account;
  return name ? { annotator: name } : {};
}

function regions({ result, score }: JsonObject, who: Who, text: TextOffsets, left: Set<string>): PeerLabel[] {
  return objectsOf(result).flatMap((region): PeerLabel[] => {
    const { type, value } = region;
    const kind = String(type);
    const given = isObject(value) ? value : {};
    const base = {
      annotator: who.annotator,
      machine: who.machine,
      label: textOf(region.from_name) ?? null,
      conf: confOf(numberOf(region.score) ?? score).conf,
    };
    const isOnText = given.start !== undefined;
    const chosen = kind === "taxonomy" ? leavesOf(given.taxonomy) : optionsOf(entryOf(given, kind));
    if (!["choices", "labels", "taxonomy"].includes(kind) || !chosen || (kind === "labels") !== isOnText) {
      left.add(kind === "relation" ? "relations" : `regions of type ${kind}`);
      return [];
    }
    if (kind === "taxonomy" && listOf(given.taxonomy).some((path) => listOf(path).length > 1))
      left.add("levels of a taxonomy above the chosen one");
    return kind === "labels"
      ? [{ ...base, level: "span", value: chosen, ...findPlace(given, text) }]
      : [{ ...base, level: "record", value: chosen }];
  });
}

/** Of each path through a taxonomy its last step. */
const leavesOf = (paths: JsonValue | undefined): string[] | undefined =>
  optionsOf(listOf(paths).map((path) => listOf(path).at(-1) ?? null));

/** Nothing when no way to count makes the region's own text stand there; then `metadata.text` says what was sought. */
function findPlace(given: JsonObject, text: TextOffsets): Pick<PeerLabel, "start" | "end" | "metadata"> {
  const [start, end] = [numberOf(given.start) ?? -1, numberOf(given.end) ?? -1];
  const said = textOf(given.text)?.replaceAll("\\n", "\n");
  const places = [
    [start, end],
    [text.fromUtf16(start), text.fromUtf16(end)],
    [start, end + 1],
    [text.fromUtf16(start), text.fromUtf16(end + 1)],
  ] as const;
  if (said === undefined) return text.holds(start, end) ? { start, end } : { metadata: { text: null } };
  for (const [from, to] of places)
    if (from !== undefined && to !== undefined && text.holds(from, to))
      if (text.slice(from, to).replaceAll("\\n", "\n") === said) return { start: from, end: to };
  return { metadata: { text: said } };
}

function placeProblem({ label, metadata }: PeerLabel): string {
  const said = metadata?.text;
  return typeof said === "string"
    ? `A span of "${label}" says that its text is "${said.slice(0, 60)}", which doesn't stand at its offsets.`
    : `A span of "${label}" lies outside of the text.`;
}

/** Label Studio's own JSON, which it imports too. */
export const labelStudioFile: PeerFileFormat = {
  extension: "json",
  contentType: "application/json; charset=utf-8",
  losses: [
    'Label Studio gives annotations to whoever imports the file; the annotator\'s name stands beside, as "annotator".',
    "Labels of imported annotators are annotations; only those of jobs are predictions.",
    "Metadata other than texts, numbers and true or false is shown as JSON.",
  ],
  open: () => {
    const file = arrayWriter();
    return { head: file.head, write: (record) => file.element(toTask(record)), end: file.end };
  },
};

function toTask({ externalId, content, metadata, labels }: WrittenRecord): JsonObject {
  const text = new TextOffsets(content);
  const groups = byAnnotator(labels).map((group) => {
    const result = group.labels.map((label, at) => toRegion(label, text, at));
    return { ...group, result };
  });
  const isJob = (group: (typeof groups)[number]) => group.annotator?.kind === "job";
  return {
    data: { [TEXT]: content, id: externalId, ...dataKeys.write(metadata) },
    annotations: groups
      .filter((group) => !isJob(group))
      .map(({ annotator, result }) => ({
        ...(annotator ? { annotator: annotator.name } : { ground_truth: true }),
        result,
      })),
    predictions: groups
      .filter(isJob)
      .map(({ annotator, result }) => ({ model_version: annotator?.name ?? "", result })),
  };
}

function toRegion(
  { label, level, value, start = 0, end = 0, conf }: WrittenLabel,
  text: TextOffsets,
  at: number,
): JsonObject {
  const base = {
    id: `r${at + 1}`,
    from_name: label,
    to_name: TEXT,
    ...(conf === null ? {} : { score: conf }),
  };
  return level === "record"
    ? { ...base, type: "choices", value: { choices: [...value] } }
    : { ...base, type: "labels", value: { start, end, text: text.slice(start, end), labels: [...value] } };
}
