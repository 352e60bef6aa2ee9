import type { LabelDefinition } from "@/contracts/label-schema";
import { divideAnswer } from "../answers/divide-answer";
import { fieldNames } from "../answers/field-names";
import { findFields } from "../answers/find-fields";
import { fold } from "../answers/option-names";
import type { JsonNode } from "../answers/scan-json";
import { confidenceField } from "../prompt/wording";

type NoVerbalisedReason =
  /** The answer has no field for it. */
  | "not_stated"
  /** What stands there is no number, or one with words that change it. */
  | "not_a_number"
  | "out_of_range"
  | "conflicting_fields";
/** What a model said of its own answer: a probability from 0 to 1, or why there is none. */
export type Verbalised = { conf: number } | { conf: null; reason: NoVerbalisedReason };

/**
 * A number in any wrapping, alone or with a percent sign, and a remark set apart that has no digits. Groups: the
 * number; the percent sign.
 */
const STATED =
  /^[\s"'“”`*_<([]*(\d{1,20}(?:[.,]\d{1,20})?|[.,]\d{1,20})\s?(%|percent\b)?["'”`*_>)\].,;]*(?:\s\P{N}{0,200})?$/u;

/**
 * Reads the confidence that an answer states for each label, from its own field (`Confidence: 0.8`, `80 %`).
 *
 * @param labels all labels that the prompt asked for
 * @returns an entry for each label, by name
 */
export function readVerbalised(raw: string, labels: readonly LabelDefinition[]): Record<string, Verbalised> {
  const owners = new Map(labels.map((label) => [confidenceField(label, labels), label.name]));
  const given = [...readJson(raw, owners), ...readText(raw, labels, owners)];
  return Object.fromEntries(
    labels.map(({ name }) => [
      name,
      settle(given.filter(({ label }) => label === name).map(({ stated }) => stated)),
    ]),
  );
}

type Given = { label: string; stated: Verbalised };

function readJson(raw: string, owners: ReadonlyMap<string, string>): Given[] {
  const folded = new Map([...owners].map(([field, label]) => [spaced(field), label]));
  const visit = (node: JsonNode): Given[] => {
    if (node.kind === "array") return node.items.flatMap(visit);
    if (node.kind !== "object") return [];
    return node.members.flatMap(({ key, value }) => {
      const label = folded.get(spaced(key));
      if (label === undefined) return visit(value);
      return [{ label, stated: readNumber(value.kind === "string" ? value.text : sliceOf(raw, value)) }];
    });
  };
  return divideAnswer(raw).objects.flatMap(visit);
}

const spaced = (name: string) => fold(name.trim().replace(/[_-]+/gu, " "));
const sliceOf = (raw: string, { start, end }: JsonNode) => raw.slice(start, Math.min(end, start + 400));

function readText(
  raw: string,
  labels: readonly LabelDefinition[],
  owners: ReadonlyMap<string, string>,
): Given[] {
  // The labels' own fields end a field before them.
  const names = new Map([...fieldNames(labels)].map(([name]) => [name, ""]));
  for (const [field, label] of owners) names.set(field, label);
  return divideAnswer(raw).texts.flatMap((range) => {
    const markers = findFields(raw, names, range);
    return markers.flatMap(({ label, valueStart }, at) => {
      if (label === "") return [];
      const stop = Math.min(markers[at + 1]?.nameStart ?? range.end, valueStart + 400);
      const [line = ""] = raw.slice(valueStart, stop).trimStart().split("\n");
      return [{ label, stated: readNumber(line) }];
    });
  });
}

function readNumber(text: string): Verbalised {
  const [, number, percent] = STATED.exec(text.trim()) ?? [];
  if (number === undefined) return { conf: null, reason: "not_a_number" };
  const stated = Number(number.replace(",", "."));
  const conf = percent ? stated / 100 : stated;
  return conf <= 1 ? { conf } : { conf: null, reason: "out_of_range" };
}

function settle(stated: Verbalised[]): Verbalised {
  const [first] = stated;
  if (!first) return { conf: null, reason: "not_stated" };
  return stated.every(({ conf }) => conf === first.conf)
    ? first
    : { conf: null, reason: "conflicting_fields" };
}
