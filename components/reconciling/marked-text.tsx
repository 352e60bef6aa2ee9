import type { Disagreement } from "@/contracts/reconciliations";

/** The whole text, with the span that it is about marked. */
export function MarkedText({ item: { content, start, end } }: { item: Disagreement }) {
  if (start === undefined || end === undefined)
    return <p className="record-text whitespace-pre-wrap">{content}</p>;
  const points = [...content];
  return (
    <p className="record-text whitespace-pre-wrap">
      {points.slice(0, start).join("")}
      <mark className="rounded-sm bg-accent-soft text-text underline decoration-accent decoration-2 underline-offset-4">
        {points.slice(start, end).join("")}
      </mark>
      {points.slice(end).join("")}
    </p>
  );
}
