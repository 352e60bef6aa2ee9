/*
 * Argilla. Version 2: https://docs.argilla.io/latest/reference/argilla/records/records/ (`to_list`, `to_json`:
 * `suggestions` and `responses` by question). Version 1, feedback datasets: lists of `responses` by user and of
 * `suggestions` by question. Before: https://docs.v1.argilla.io/en/latest/reference/python/python_client.html
 * (TextClassificationRecord, TokenClassificationRecord: `annotation`, `prediction`). Offsets are code points.
 */
import type { JsonValue } from "@/contracts/common";
import { byAnnotator, mergeSpans } from "./group-labels";
import { confOf, entryOf, isObject, listOf, numberOf, objectsOf, optionsOf, textOf } from "./json-access";
import { arrayWriter } from "./json-files";
import type {
  JsonObject,
  ParsedItems,
  ParseOptions,
  PeerFileFormat,
  PeerLabel,
  WrittenLabel,
  WrittenRecord,
} from "./peer-item";

/** A record of any version. Answers that are no options (texts, rankings) are `left`. */
export function parseArgilla(value: JsonValue, options: ParseOptions = {}): ParsedItems {
  if (!isObject(value)) return [{ problem: 'An Argilla record is an object with "fields".' }];
  const fields = [value.fields, value.inputs, value].find(isObject) ?? {};
  const key = options.content ?? textKey(fields);
  const content = key === undefined ? undefined : textOf(entryOf(fields, key));
  if (key === undefined || content === undefined)
    return [
      { problem: `The record has no text: its fields are ${Object.keys(fields).join(", ") || "none"}.` },
    ];
  const externalId = textOf(entryOf(value, options.id ?? "id")) ?? textOf(value.external_id);
  const left = new Set<string>();
  const answers = isObject(value.fields) ? feedbackAnswers(value, left) : classicAnswers(value);
  const labels = answers.flatMap((answer) => toLabels(answer, left));
  const others =
    fields === value ? [] : Object.entries(fields).filter(([name, text]) => name !== key && text !== null);
  const metadata = isObject(value.metadata)
    ? Object.entries(value.metadata).filter(([, one]) => one !== null)
    : [];
  if (isObject(value.vectors) && Object.keys(value.vectors).length > 0) left.add("vectors");
  return [
    {
      externalId,
      content,
      metadata: Object.fromEntries([...others, ...metadata]),
      labels: mergeSpans(labels),
      left: [...left],
    },
  ];
}

/** The text's field: by name, else the only text there is. */
function textKey(fields: JsonObject): string | undefined {
  const named = ["text", "content"].find((name) => typeof entryOf(fields, name) === "string");
  if (named) return named;
  const texts = Object.keys(fields).filter((name) => typeof fields[name] === "string");
  return texts.length === 1 ? texts[0] : undefined;
}

type Answer = Pick<PeerLabel, "label" | "annotator" | "machine" | "conf"> & { value: JsonValue | undefined };

function feedbackAnswers({ responses, suggestions }: JsonObject, left: Set<string>): Answer[] {
  const people = Array.isArray(responses)
    ? objectsOf(responses).flatMap(({ values, user_id: user, status }) => {
        if (status === "discarded") left.add("discarded responses");
        const given = status !== "discarded" && isObject(values) ? values : {};
        return Object.entries(given).map(([label, answer]) => ({ label, answer, user }));
      })
    : Object.entries(isObject(responses) ? responses : {}).flatMap(([label, list]) =>
        objectsOf(list).map((answer) => ({ label, answer, user: answer.user_id })),
      );
  const models = Array.isArray(suggestions)
    ? objectsOf(suggestions).map((one) => ({ label: textOf(one.question_name) ?? null, answer: one }))
    : Object.entries(isObject(suggestions) ? suggestions : {}).map(([label, answer]) => ({ label, answer }));
  return [
    ...people.map(({ label, answer, user }): Answer => {
      const annotator = textOf(user);
      return {
        label,
        value: isObject(answer) ? answer.value : undefined,
        annotator,
      };
    }),
    ...models.flatMap(({ label, answer }): Answer[] =>
      isObject(answer)
        ? [
            {
              label,
              value: answer.value,
              annotator: textOf(answer.agent) ?? "suggestion",
              machine: true,
              ...confOf(answer.score),
            },
          ]
        : [],
    ),
  ];
}

function classicAnswers(value: JsonObject): Answer[] {
  const { annotation, annotation_agent: person, prediction, prediction_agent: model } = value;
  const annotator = textOf(person);
  const given: Answer[] =
    annotation === undefined || annotation === null ? [] : [{ label: null, value: annotation, annotator }];
  const predicted = listOf(prediction);
  const by = { label: null, annotator: textOf(model) ?? "prediction", machine: true } as const;
  if (predicted.some((one) => listOf(one).length >= 3)) return [...given, { ...by, value: predicted }];
  const ranked = predicted.flatMap((one) => {
    const [name, score] = isObject(one) ? [one.label, one.score] : listOf(one);
    return textOf(name) === undefined ? [] : [{ name: name ?? null, score: numberOf(score) ?? 0 }];
  });
  const best = ranked.sort((a, b) => b.score - a.score)[0];
  return best ? [...given, { ...by, value: best.name, ...confOf(best.score) }] : given;
}

/** One answer: options of the record, or a list of spans (`{start, end, label}`, in version 1 `[label, start, end]`). */
function toLabels({ value, ...by }: Answer, left: Set<string>): PeerLabel[] {
  if (value === undefined || value === null) return [];
  const list = listOf(value);
  const spans = list.map((one): PeerLabel | undefined => {
    const [label, from, to, score] = isObject(one) ? [one.label, one.start, one.end, one.score] : listOf(one);
    const [start, end, option] = [numberOf(from), numberOf(to), textOf(label)];
    if (start === undefined || end === undefined || option === undefined) return undefined;
    return { ...by, ...confOf(score), level: "span", value: [option], start, end };
  });
  if (list.length > 0 && spans.every((span) => span !== undefined)) return spans;
  const options = optionsOf(value);
  if (options) return options.length > 0 ? [{ ...by, level: "record", value: options }] : [];
  left.add("answers that are neither options nor spans");
  return [];
}

/** What `Dataset.records.from_json` of version 2 reads. */
export const argillaFile: PeerFileFormat = {
  extension: "json",
  contentType: "application/json; charset=utf-8",
  losses: [
    "Argilla names people by the id of their account; names of annotators other than jobs are left out.",
    "Argilla holds one suggestion for each label: of several jobs' labels on a record, the last is kept.",
    "Confidence of people's labels, and of all but one of a job's spans, is left out.",
  ],
  open: (labels) => {
    const multi = new Set(labels.filter((label) => label.multi).map(({ name }) => name));
    const file = arrayWriter();
    return { head: file.head, write: (record) => file.element(toArgilla(record, multi)), end: file.end };
  },
};

function toArgilla(
  { externalId, content, metadata, labels }: WrittenRecord,
  multi: ReadonlySet<string>,
): JsonObject {
  const suggestions = new Map<string, JsonObject>();
  const responses = new Map<string, JsonObject[]>();
  for (const { annotator, labels: own } of byAnnotator(labels))
    for (const name of new Set(own.map(({ label }) => label))) {
      const given = own.filter(({ label }) => label === name);
      const value = answerOf(given, multi.has(name));
      if (annotator?.kind === "job")
        suggestions.set(name, { value, score: given[0]?.conf ?? null, agent: annotator.name });
      else responses.set(name, [...(responses.get(name) ?? []), { value, user_id: annotator?.id ?? null }]);
    }
  return {
    id: externalId,
    fields: { text: content },
    metadata,
    suggestions: Object.fromEntries(suggestions),
    responses: Object.fromEntries(responses),
    vectors: {},
  };
}

function answerOf(labels: readonly WrittenLabel[], multi: boolean): JsonValue {
  const record = labels.find(({ level }) => level === "record");
  if (record) return multi || record.value.length !== 1 ? [...record.value] : (record.value[0] ?? null);
  return labels.flatMap(({ value, start = 0, end = 0 }) => value.map((label) => ({ start, end, label })));
}
