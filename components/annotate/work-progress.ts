import type { Work } from "@/contracts/annotating";
import { isAnswered, partsOf, type Words } from "./answers/said";
import type { TouchedAnswers } from "./answers/types";
import type { AnswerOf, WorkLabel } from "./work-labels";

type Progress = Work["progress"];

/**
 * How far the work is now: the server's figures of when the page was opened, corrected by what this page has changed
 * since, so that they are right at once and offline too.
 */
export function workProgress(
  { records, done, unsure }: Progress,
  labels: readonly WorkLabel[],
  touched: TouchedAnswers,
  answerOf: AnswerOf,
): Progress {
  const asked = labels.flatMap(({ name, asked: isAsked }) => (isAsked ? [name] : []));
  const before = new Map<string, Map<string, Words | null>>();
  for (const [key, words] of touched) {
    const { recordId, label } = partsOf(key);
    before.set(recordId, (before.get(recordId) ?? new Map()).set(label, words));
  }
  const change = (holds: (of: (label: string) => Words | null) => boolean) =>
    [...before].reduce((sum, [recordId, then]) => {
      const now = (label: string) => answerOf(recordId, label);
      const was = (label: string) => (then.has(label) ? (then.get(label) ?? null) : now(label));
      return sum + Number(holds(now)) - Number(holds(was));
    }, 0);
  return {
    records,
    done: done + change((of) => asked.every((label) => isAnswered(of(label)))),
    unsure: unsure + change((of) => asked.some((label) => of(label)?.status === "UNSURE")),
  };
}
