"use client";

import { lookOf, optionLooks } from "@/components/labelling/label-options";
import { VerdictMark } from "@/components/labelling/verdict-mark";
import { cn } from "@/components/ui/cn";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import { OptionChip } from "@/components/ui/option-chip";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Annotation } from "@/contracts/records";
import type { Verification } from "@/contracts/verifications";

type LabelValuesProps = {
  definition: LabelDefinition | undefined;
  annotation: Annotation;
  /** Its current verdicts. */
  verdicts: readonly Verification[];
  /** One below the other: the confidences stand in line, where labels are short. */
  inColumn?: boolean;
};

/** One annotator's label: outlined by an agent, filled by a person; a correction stands beside what it replaces. */
export function LabelValues({ definition, annotation, verdicts, inColumn = false }: LabelValuesProps) {
  const options = definition ? optionLooks(definition) : [];
  const { annotator, value, conf, confReason } = annotation;
  const correction = verdicts.find(({ status }) => status === "CORRECTS");
  const variant = annotator.kind === "job" ? "outlined" : "filled";
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className={cn("flex min-w-0 items-center gap-1", inColumn && "min-w-28")}>
        {value.map((one) => {
          const { color, text } = lookOf(options, one);
          const replaced = correction !== undefined && !correction.value.includes(one);
          return <OptionChip key={one} color={color} text={text} variant={variant} replaced={replaced} />;
        })}
        {correction?.value.map((one) => {
          const { color, text } = lookOf(options, one);
          return <OptionChip key={`corrected ${one}`} color={color} text={text} variant="filled" />;
        })}
        {verdicts.length > 0 && !correction ? (
          <VerdictMark
            status={verdicts.some(({ status }) => status === "CONFIRMS") ? "CONFIRMS" : "UNSURE"}
          />
        ) : null}
      </span>
      {annotator.kind === "job" ? (
        <ConfidenceBar value={conf} reason={confReason ?? undefined} className="shrink-0" />
      ) : null}
    </span>
  );
}
