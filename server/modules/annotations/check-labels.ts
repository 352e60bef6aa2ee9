import type { AnswerStatus } from "@/contracts/annotating";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { FieldError } from "@/server/platform/errors";

/** One label as a person gives it. */
export type GivenLabel = {
  name: string;
  value: readonly string[];
  start?: number | undefined;
  end?: number | undefined;
} & GivenResponse;

/** What may be answered instead of a label. */
type GivenResponse = { status?: AnswerStatus | null | undefined; reason?: string | null | undefined };

/**
 * What is wrong with the labels that one person gives to one record, by the active schema.
 * @param path where the labels stand in what the caller sent
 * @param length code points of the record's text
 */
export function checkLabels(
  labels: readonly GivenLabel[],
  { schema, path, length }: { schema: readonly LabelDefinition[]; path: string; length: number },
): FieldError[] {
  const seen = new Set<string>();
  return labels.flatMap((label, index) => {
    const at = `${path}.${index}`;
    const definition = schema.find(({ name }) => name === label.name);
    if (!definition) {
      const names = schema.map(({ name }) => name).join(", ");
      return [{ path: `${at}.name`, message: `is not in the label schema, which has: ${names}` }];
    }
    const place = JSON.stringify([label.name, label.start, label.end]);
    const twice = seen.has(place) ? [{ path: at, message: "is given twice for this record" }] : [];
    seen.add(place);
    const beside =
      label.status && labels.some((other) => other !== label && other.name === label.name)
        ? [{ path: `${at}.status`, message: "stands beside labels of its name; leave one of them out" }]
        : [];
    return [
      ...twice,
      ...beside,
      ...responseProblems(label, label.value.length > 0 || label.start !== undefined, definition, at),
      ...valueProblems(label, definition, at),
      ...placeProblems(label, definition, at, length),
    ];
  });
}

/**
 * What is wrong with an answer that is no label.
 * @param labelled a label is given with it
 */
export function responseProblems(
  { status, reason }: GivenResponse,
  labelled: boolean,
  { level }: Pick<LabelDefinition, "level">,
  path: string,
): FieldError[] {
  if (!status)
    return reason
      ? [{ path: `${path}.reason`, message: "must be left out; it goes with a status only" }]
      : [];
  if (labelled)
    return [
      { path: `${path}.status`, message: `must be left out where a label is given; ${status} is none` },
    ];
  return status === "NONE" && level === "record"
    ? [{ path: `${path}.status`, message: "must be UNSURE; NONE is for labels of spans" }]
    : [];
}

/** What is wrong with a label's value by its definition, at `path`. */
export function valueProblems(
  { value }: Pick<GivenLabel, "value">,
  { options, multi }: LabelDefinition,
  path: string,
): FieldError[] {
  const known = new Set(options.map((option) => option.value));
  const unknown = value.findIndex((one) => !known.has(one));
  if (unknown >= 0)
    return [{ path: `${path}.value.${unknown}`, message: `must be one of: ${[...known].join(", ")}` }];
  if (!multi && new Set(value).size > 1)
    return [{ path: `${path}.value`, message: "must be a single option; this label takes no more" }];
  return [];
}

function placeProblems(
  { value, start, end }: GivenLabel,
  { level }: LabelDefinition,
  path: string,
  length: number,
): FieldError[] {
  if (level === "record")
    return start === undefined && end === undefined
      ? []
      : [{ path: `${path}.start`, message: "must be left out; this label is about the whole record" }];
  // Without a place and without a value all spans of the label are cleared.
  if (start === undefined && end === undefined && value.length === 0) return [];
  if (start === undefined || end === undefined)
    return [{ path: `${path}.start`, message: "and end must be given; this label is about a span" }];
  if (end <= start) return [{ path: `${path}.end`, message: "must be greater than start" }];
  return end > length
    ? [{ path: `${path}.end`, message: `must be at most ${length}, the length of the text in code points` }]
    : [];
}
