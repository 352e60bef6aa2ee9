import { type OptionLook, optionLooks } from "@/components/labelling/label-options";
import type { Work } from "@/contracts/annotating";
import type { LabelDefinition } from "@/contracts/label-schema";
import { isAnswered, type Words } from "./answers/said";

/** A label as the page offers it. */
export type WorkLabel = {
  name: string;
  level: LabelDefinition["level"];
  multi: boolean;
  /** A record is not done without it. */
  asked: boolean;
  options: readonly OptionLook[];
};

/** @param taken keys that do something else, which no option can have */
export const workLabels = (
  { labels, asked }: Pick<Work, "labels" | "asked">,
  taken: ReadonlySet<string>,
): WorkLabel[] =>
  labels.map((definition) => ({
    name: definition.name,
    level: definition.level,
    multi: definition.multi === true,
    asked: asked.includes(definition.name),
    options: optionLooks(definition, taken),
  }));

export type AnswerOf = (recordId: string, label: string) => Words | null;

/** Whether an asked label of the record is not answered yet. */
export const isOpen = (recordId: string, labels: readonly WorkLabel[], answerOf: AnswerOf): boolean =>
  labels.some(({ name, asked }) => asked && !isAnswered(answerOf(recordId, name)));
