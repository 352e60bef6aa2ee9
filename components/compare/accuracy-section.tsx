"use client";

import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { CompareResult } from "@/contracts/compare";
import { IntervalChart } from "./interval-chart";

type AccuracySectionProps = { result: CompareResult; against: string; nameOf: (id: string) => string };

/** How often each annotator is right, with its interval. */
export function AccuracySection({ result, against, nameOf }: AccuracySectionProps) {
  const format = useFormat();
  const sizes = new Set(result.annotators.flatMap(({ n }) => (n > 0 ? [n] : [])));
  return (
    <Section
      title={`Accuracy against ${against}`}
      description="Share of the records with both gold and a label on which the two are equal, with the 95% Wilson interval."
    >
      {result.goldInvalid > 0 ? (
        <Notice tone="warn" className="mb-3">
          {result.goldInvalid === 1
            ? "1 record is left out: its gold value is no option of the label."
            : `${format.count(result.goldInvalid)} records are left out: their gold values are no options of the label.`}
        </Notice>
      ) : null}
      {result.annotators.map(({ id, examples }) =>
        examples > 0 ? (
          <Notice key={id} className="mb-3">
            {nameOf(id)} was not asked about {format.count(examples)} {examples === 1 ? "record" : "records"}:
            the prompt shows{" "}
            {examples === 1 ? "it, or one that it repeats," : "them, or ones that they repeat,"} as examples.
          </Notice>
        ) : null,
      )}
      {sizes.size > 1 ? (
        <Notice className="mb-3">
          These are not the same records: each is judged on those that it labelled. Who is better is seen
          below, on the records that both labelled.
        </Notice>
      ) : null}
      <IntervalChart
        label={`Accuracy against ${against}`}
        rows={result.annotators.map(({ id, n, correct, accuracy, interval }) => ({
          id,
          name: nameOf(id),
          value:
            accuracy !== null && interval ? { point: accuracy, low: interval[0], high: interval[1] } : null,
          note: n > 0 ? `${format.count(correct)} of ${format.count(n)}` : "n = 0",
          reason: "No record has both gold and a label by this annotator",
        }))}
      />
    </Section>
  );
}
