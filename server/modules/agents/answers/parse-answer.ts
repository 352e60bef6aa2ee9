import type { LabelDefinition } from "@/contracts/label-schema";
import type { Range } from "./characters";
import { divideAnswer } from "./divide-answer";
import { fieldNames } from "./field-names";
import type { FieldReading, IndexedLabel } from "./field-reading";
import { fold, indexOptions } from "./option-names";
import { readJsonFields } from "./read-json-fields";
import { readTableFields } from "./read-table-fields";
import { readTagFields } from "./read-tag-fields";
import { readTextFields } from "./read-text-fields";
import { type InvalidReason, readOne, readSeveral, type ValueReading } from "./read-value";

/**
 * What an answer says of one label. `value` holds option values (one, unless the label is multi-select, then the
 * set in schema order). `start` and `end` are UTF-16 offsets of the value in the raw answer, end exclusive.
 */
export type LabelAnswer =
  | { ok: true; value: string[]; via: "field" | "json" | "whole"; start: number; end: number }
  | { ok: false; reason: InvalidReason; text: string };

const LONGEST_TEXT = 300;

/**
 * Reads the labels from a model's raw answer. Tolerant in form (case, quotes, Markdown, fences, JSON, a value on
 * the next line, reasoning before the answer), never in content: a label is valid only when its own field, or the
 * whole answer, names exactly one option (for multi-select: options only).
 *
 * @param labels all labels that the prompt asked for
 * @param cut the provider says that the answer ended at its length limit (finish reason `length`): a value that
 *   ends there counts only when nothing more could have belonged to it
 * @returns an entry for each label of records, by name; labels of spans are read by `parseSpans`
 */
export function parseAnswer(
  raw: string,
  labels: readonly LabelDefinition[],
  { cut = false }: { cut?: boolean } = {},
): Record<string, LabelAnswer> {
  const { answer, objects, texts } = divideAnswer(raw);
  const names = fieldNames(labels);
  const indexed = labels
    .filter(({ level }) => level === "record")
    .map((definition) => ({ definition, index: indexOptions(definition.options) }));
  const only = labels.length === 1 ? (indexed[0] ?? null) : null;
  const readings = [
    ...readJsonFields(raw, objects, names, indexed),
    ...readTagFields(raw, texts, names, indexed, only),
    ...readTableFields(raw, texts, names, indexed),
    ...readTextFields(raw, texts, names, indexed),
  ];
  const whole = readings.length === 0 ? readWhole(raw, answer, indexed) : new Map<string, LabelAnswer>();
  return Object.fromEntries(
    indexed.map((label) => {
      const { definition } = label;
      const own = readings.filter((reading) => reading.label === definition.name);
      const read = whole.get(definition.name) ?? settle(raw, answer, own);
      const unsure = cut && read.ok && isCutOff(raw, answer, read, label);
      return [definition.name, unsure ? invalid(raw, read, "cut_off") : read];
    }),
  );
}

/**
 * One answer from all of a label's fields. Different values, or a field that can't be read beside one that can,
 * are a conflict; only in running text may an unreadable mention ("the sentiment: hard to say") be passed over,
 * and only when a field of its own follows. Of equal ones the first counts: there the model decided.
 */
function settle(raw: string, answer: Range, readings: FieldReading[]): LabelAnswer {
  const own = readings.filter((reading) => reading.opensLine || reading.via === "json");
  const counted =
    own.length > 0 ? readings.filter((reading) => reading.ok || own.includes(reading)) : readings;
  const first = counted[0];
  if (!first) return invalid(raw, answer, answer.start < answer.end ? "no_field" : "empty");
  const agree = counted.every(
    (other) =>
      other.ok === first.ok && (!other.ok || !first.ok || other.value.join("\n") === first.value.join("\n")),
  );
  if (!agree) return invalid(raw, answer, "conflicting_fields");
  if (!first.ok) return invalid(raw, first.range, first.reason);
  return { ok: true, value: first.value, via: first.via, start: first.start, end: first.end };
}

/** Whether the answer stops right behind the value, and more of it would have made another value. */
function isCutOff(raw: string, answer: Range, value: Range, { definition, index }: IndexedLabel): boolean {
  if (raw.slice(value.end, answer.end).trim() !== "") return false;
  const written = fold(raw.slice(value.start, value.end));
  const longer = index.options.some(({ names }) =>
    names.some((name) => fold(name).length > written.length && fold(name).startsWith(written)),
  );
  return longer || definition.multi === true;
}

function invalid(raw: string, range: Range, reason: InvalidReason): LabelAnswer {
  return { ok: false, reason, text: raw.slice(range.start, Math.min(range.end, range.start + LONGEST_TEXT)) };
}

/** An answer that is nothing but an option is the answer of the one label that has it. */
function readWhole(raw: string, answer: Range, labels: IndexedLabel[]): Map<string, LabelAnswer> {
  const range = withoutFence(raw, answer);
  const readings = labels.map(({ definition, index }): [string, ValueReading] => [
    definition.name,
    definition.multi ? readSeveral(raw, range, index) : readOne(raw, range, index, "refused"),
  ]);
  const fitting = readings.filter(([, reading]) => reading.ok);
  return new Map(
    readings.map(([name, reading]): [string, LabelAnswer] => {
      if (!reading.ok)
        return [name, invalid(raw, answer, wholeReason(reading.reason, answer, fitting.length))];
      if (fitting.length > 1) return [name, invalid(raw, answer, "ambiguous_label")];
      return [name, { ...reading, via: "whole" }];
    }),
  );
}

function wholeReason(reason: InvalidReason, answer: Range, othersFit: number): InvalidReason {
  if (answer.start >= answer.end) return "empty";
  return reason === "two_options" && othersFit === 0 ? "two_options" : "no_field";
}

/** The inside of an answer that is one fenced block. */
function withoutFence(raw: string, { start, end }: Range): Range {
  if (!raw.startsWith("```", start) || !raw.endsWith("```", end) || end - start < 7) return { start, end };
  const firstLine = raw.indexOf("\n", start);
  return firstLine < 0 || firstLine >= end - 3 ? { start, end } : { start: firstLine + 1, end: end - 3 };
}
