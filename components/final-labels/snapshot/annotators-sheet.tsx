"use client";

import { useLabellerNames } from "@/components/compare/use-labeller-names";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import type { Labeller } from "@/contracts/compare";
import { policyWords } from "../policy-words";
import { AnnotatorFigures, type AnnotatorFiguresProps } from "./annotator-figures";

type AnnotatorsSheetProps = AnnotatorFiguresProps & {
  /** Those of now, whose names tell jobs of one agent apart. */
  labellers: readonly Labeller[];
};

/** The button that opens what a policy made of the annotators. */
export function AnnotatorsSheet({ labellers, model, ...rest }: AnnotatorsSheetProps) {
  const nameOf = useLabellerNames(labellers);
  const annotators = model.annotators.map((one) => ({ ...one, name: nameOf.get(one.id) ?? one.name }));
  return (
    <Sheet
      size="lg"
      title="Annotators"
      description={`How ${policyWords[rest.policy].name} counted their labels`}
      trigger={<Button>Annotators</Button>}
    >
      <AnnotatorFigures {...rest} model={{ ...model, annotators }} />
    </Sheet>
  );
}
