import type { LabelDefinition } from "@/contracts/label-schema";
import type { VerdictStatus } from "@/contracts/verifications";
import { normalizeValue } from "@/server/modules/annotations";
import { type JobSpan, judgeSpanVerdict } from "./judge-span-verdict";

export type GivenVerdict = {
  /** Left out: follows from the value. null: takes the verdict back. */
  status?: VerdictStatus | null;
  value: readonly string[];
  /** Of a span: other borders than the job's; both or neither. */
  start?: number;
  end?: number;
  reason?: string;
};
export type JudgedVerdict =
  | {
      ok: true;
      status: VerdictStatus | null;
      value: string[];
      /** Other borders than the job's span has; null: its own. */
      start: number | null;
      end: number | null;
    }
  | { ok: false; code: "invalid_value" | "wrong_status"; message: string };

/** A job's label that is judged; of a whole record `start` = `end` = -1. */
export type JudgedLabel = JobSpan;

/**
 * Whether a verdict on a job's label can stand, and what it says: it confirms if and only if its options (and of a
 * span its borders) are the job's, corrects otherwise; "can't tell" has no value.
 * @param label the definition in the schema version that counts
 */
export function judgeVerdict(
  label: LabelDefinition,
  job: JudgedLabel,
  { status, value: given, start, end, reason }: GivenVerdict,
): JudgedVerdict {
  if (reason !== undefined && status !== "UNSURE")
    return refused("wrong_status", `A reason belongs to "can't tell": send it with status UNSURE.`);
  if (status === null) return said(null, []);
  const bordered = start !== undefined || end !== undefined;
  if (status === "UNSURE")
    return given.length === 0 && !bordered
      ? said(status, [])
      : refused("invalid_value", `"Can't tell" has no value and no borders; send an empty list.`);
  const unknown = unknownOption(label, given);
  if (unknown) return refused("invalid_value", unknown);
  if (label.level === "span") return judgeSpan(label, job, { status, value: given, start, end });
  if (bordered)
    return refused("invalid_value", `"${label.name}" is about the whole record; leave start and end out.`);
  const value = normalizeValue(given);
  if (!label.multi && value.length !== 1)
    return refused("invalid_value", `"${label.name}" takes exactly one option, not ${value.length}.`);
  const follows = sameOptions(value, job.value) ? "CONFIRMS" : "CORRECTS";
  return status === undefined || status === follows ? said(follows, value) : wrongStatus(follows);
}

/** What is wrong with options that none of the label's is. */
function unknownOption({ name, options }: LabelDefinition, given: readonly string[]): string | null {
  const known = new Set(options.map((option) => option.value));
  const unknown = given.find((value) => !known.has(value));
  if (unknown === undefined) return null;
  return `"${unknown}" is no option of "${name}"; options are ${[...known].map((one) => `"${one}"`).join(", ")}.`;
}

/** What is wrong with the options of a span, of which there is at least one. */
export function optionProblem(label: LabelDefinition, given: readonly string[]): string | null {
  const several = !label.multi && normalizeValue(given).length !== 1;
  return (
    unknownOption(label, given) ??
    (several ? `"${label.name}" takes exactly one option, not ${given.length}.` : null)
  );
}

function judgeSpan(label: LabelDefinition, job: JudgedLabel, given: GivenVerdict): JudgedVerdict {
  const judged = judgeSpanVerdict(label, job, given);
  if (!judged.ok) return refused("invalid_value", judged.message);
  const { follows, value, start, end } = judged;
  const [first] = follows;
  const status = given.status ?? first;
  if (!status || !first || !follows.includes(status)) return wrongStatus(first ?? "CORRECTS");
  return said(status, value, { start, end });
}

type Borders = { start: number | null; end: number | null };

const said = (
  status: VerdictStatus | null,
  value: string[],
  borders: Borders = { start: null, end: null },
): JudgedVerdict => ({ ok: true, status, value, ...borders });

const wrongStatus = (follows: VerdictStatus): JudgedVerdict =>
  refused("wrong_status", `This value ${follows} the job's label; leave status out, or send ${follows}.`);

/** A status that says whether the job was right; who hasn't seen its label can't know it, and must not learn it by trying. */
export const tellsOutcome = (status: VerdictStatus | null | undefined): boolean =>
  status === "CONFIRMS" || status === "CORRECTS";

export const BLIND_STATUS = "The job's label is hidden until you decide; leave status out.";

/** Whether two normalised values are the same set of options. */
export const sameValue = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

/** Whether two values, as anybody may have written them, are the same set of options. */
export const sameOptions = (a: readonly string[], b: readonly string[]): boolean =>
  sameValue(normalizeValue(a), normalizeValue(b));

const refused = (code: "invalid_value" | "wrong_status", message: string) => ({
  ok: false as const,
  code,
  message,
});
