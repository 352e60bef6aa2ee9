import type { GivenAnswer } from "@/contracts/annotating";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { FieldError } from "@/server/platform/errors";
import { checkLabels, responseProblems } from "./check-labels";

type Against = { schema: readonly LabelDefinition[]; path: string; length: number };

/**
 * What is wrong first with one answer, by the active schema; null: nothing.
 * @param against.path where the answer stands in what the caller sent
 * @param against.length code points of the record's text
 */
export function answerProblem(answer: GivenAnswer, { schema, path, length }: Against): FieldError | null {
  const { label, value, spans, status, reason } = answer;
  const level = schema.find(({ name }) => name === label)?.level;
  if (level === "record" && spans.length > 0)
    return { path: `${path}.spans`, message: "must be left out; this label is about the whole record" };
  if (level === "span" && value.length > 0)
    return { path: `${path}.value`, message: "must be left out; this label is about spans" };
  const labelled = value.length > 0 || spans.length > 0;
  const [unfit] = level ? responseProblems({ status, reason }, labelled, { level }, path) : [];
  if (unfit) return unfit;
  const [problem] = checkLabels(
    spans.length > 0 ? spans.map((span) => ({ name: label, ...span })) : [{ name: label, value }],
    { schema, path: "", length },
  );
  return problem ? { ...problem, path: `${path}.${placeIn(problem.path, spans.length > 0)}` } : null;
}

/** `.3.value.0` of the labels that were checked is `spans.3.value.0`, or `value.0` of the answer. */
function placeIn(checked: string, inSpans: boolean): string {
  const [, index, ...rest] = checked.split(".");
  const field = rest.join(".");
  if (field === "name") return "label";
  return inSpans ? ["spans", index, ...rest].join(".") : field;
}
