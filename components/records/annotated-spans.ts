import type { SpanView } from "@/components/spans/types";
import type { RecordRow } from "@/contracts/records";

/** Everybody's spans of a record, each as its last verdict that counts has left it. */
export function annotatedSpans({
  annotations = [],
  verifications = [],
}: Pick<RecordRow, "annotations" | "verifications">): SpanView[] {
  return annotations.flatMap(({ id, label, value, annotator, conf, start, end }): SpanView[] => {
    if (start === undefined || end === undefined) return [];
    const given = { value, start, end };
    const [last] = verifications
      .filter((verdict) => verdict.annotationId === id && verdict.current && verdict.status !== null)
      .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
    const correction = last?.status === "CORRECTS" ? last : null;
    return [
      {
        id,
        label,
        value: correction?.value ?? value,
        start: correction?.start ?? start,
        end: correction?.end ?? end,
        by: { kind: annotator.kind, name: annotator.name },
        conf: annotator.kind === "job" ? conf : null,
        verdict: last?.status
          ? { status: last.status, by: last.verifier.name, replaced: correction ? given : null }
          : null,
      },
    ];
  });
}
