import type { AnswerSpan } from "@/contracts/annotating";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { RecordRow } from "@/contracts/records";

type Answered = Pick<RecordRow, "annotations">;

/** The labels of a job that its answer on a record leaves open. Spans that were read say nothing of the others. */
export function openLabels(
  { id, labels: asked }: Pick<Job, "id" | "labels">,
  labels: readonly LabelDefinition[],
  { annotations = [] }: Answered,
): LabelDefinition[] {
  const isRead = (name: string) =>
    annotations.some(
      ({ label, level, annotator }) => annotator.id === id && level === "record" && label === name,
    );
  return labels.filter(({ name }) => asked.includes(name) && !isRead(name));
}

/** The spans of a label that could be read of a job's answer on a record. */
export const readSpans = ({ annotations = [] }: Answered, jobId: string, name: string): AnswerSpan[] =>
  annotations.flatMap(({ label, annotator, start, end, value }) =>
    annotator.id === jobId && label === name && start !== undefined && end !== undefined
      ? [{ start, end, value }]
      : [],
  );
