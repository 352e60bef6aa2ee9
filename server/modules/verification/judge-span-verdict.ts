import type { LabelDefinition } from "@/contracts/label-schema";
import type { VerdictStatus } from "@/contracts/verifications";
import { normalizeValue } from "@/server/modules/annotations";

/** A job's span and the text that it is in. `start` below 0: the job found no span of this label in the record. */
export type JobSpan = {
  value: readonly string[];
  start: number;
  end: number;
  /** Code points of the record's content. */
  length: number;
};

type GivenSpan = { value: readonly string[]; start?: number; end?: number };

/** What a verdict's value and borders say; `start` and `end` are null where they are the job's. */
export type JudgedSpan =
  | { ok: true; follows: readonly VerdictStatus[]; value: string[]; start: number | null; end: number | null }
  | { ok: false; message: string };

/**
 * What a verdict on a job's span says: the same options at the same borders confirm it; others correct it; no option
 * says that it is no span. Where the job found nothing, an empty value confirms that, and with status CORRECTS says
 * that there is something: the spans themselves are their finder's own labels.
 * @returns `follows`: what the status may be, first what it is when it is left out
 */
export function judgeSpanVerdict(label: LabelDefinition, job: JobSpan, given: GivenSpan): JudgedSpan {
  const { start, end } = given;
  const value = normalizeValue(given.value);
  if (job.start < 0)
    return value.length === 0 && start === undefined && end === undefined
      ? { ok: true, follows: ["CONFIRMS", "CORRECTS"], value, start: null, end: null }
      : refused(
          "The job found no span here. Send an empty value, and mark what the job missed as spans of your own.",
        );
  if (value.length === 0)
    return start === undefined && end === undefined
      ? { ok: true, follows: ["CORRECTS"], value, start: null, end: null }
      : refused("An empty value says that there is no span, so leave start and end out.");
  if (!label.multi && value.length !== 1)
    return refused(`"${label.name}" takes exactly one option, not ${value.length}.`);
  const problem = borderProblem(given, job.length);
  if (problem) return refused(problem);
  const moved = start !== undefined && (start !== job.start || end !== job.end);
  const sameValue = normalizeValue(job.value).join("\n") === value.join("\n");
  return {
    ok: true,
    follows: [moved || !sameValue ? "CORRECTS" : "CONFIRMS"],
    value,
    start: moved ? start : null,
    end: moved ? (end ?? null) : null,
  };
}

/** What is wrong with borders in a text of so many code points; both may be left out. */
export function borderProblem(
  { start, end }: Pick<GivenSpan, "start" | "end">,
  length: number,
): string | null {
  if (start === undefined && end === undefined) return null;
  if (start === undefined || end === undefined) return "start and end go together.";
  return start >= 0 && start < end && end <= length
    ? null
    : `start and end must be within the text: 0 ≤ start < end ≤ ${length}, in code points.`;
}

const refused = (message: string) => ({ ok: false as const, message });
