"use client";

import { Section } from "@/components/ui/section";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { CompareResult } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { CellContext } from "./cell-query";
import { ConfusionMatrix } from "./confusion-matrix";
import { OptionScores } from "./option-scores";
import { shownAnnotator } from "./shown-annotator";

type DetailSectionProps = {
  project: string;
  label: LabelDefinition;
  result: CompareResult;
  context: CellContext;
  nameOf: (id: string) => string;
  detail: string | null;
  onDetail: (annotatorId: string) => void;
};

/** Where each annotator goes wrong: which option is taken for which. */
export function DetailSection(props: DetailSectionProps) {
  const { project, label, result, context, nameOf, detail, onDetail } = props;
  const judged = result.annotators.filter(({ n }) => n > 0);
  const shown = shownAnnotator(result, detail);
  if (!shown) return null;
  return (
    <Section title="Option by option">
      <Tabs
        label="Whose labels"
        value={shown.id}
        onValueChange={onDetail}
        items={judged.map(({ id }) => ({ value: id, label: nameOf(id) }))}
      >
        <TabPanel value={shown.id} className="grid gap-x-10 gap-y-6 lg:grid-cols-[auto_1fr]">
          <ConfusionMatrix
            project={project}
            label={label}
            annotator={shown}
            name={nameOf(shown.id)}
            context={context}
          />
          <OptionScores label={label} scores={shown.perOption} name={nameOf(shown.id)} />
        </TabPanel>
      </Tabs>
    </Section>
  );
}
