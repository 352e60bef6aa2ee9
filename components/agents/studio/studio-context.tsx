"use client";

import { createContext, useContext } from "react";
import type { FieldProblem } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Draft } from "./draft";
import type { DraftPrompt } from "./examples/draft-examples";

export type Studio = {
  project: string;
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  changePrompt: (change: Partial<DraftPrompt>) => void;
  /** What is wrong with a field, by the server's word; `path` as in `prompt.taskInstruction`. */
  problemAt: (path: string) => string | undefined;
  /** What the model is known not to take, by the field. */
  warnings: readonly FieldProblem[];
  /** For the calls that are made here. It stays in this page's memory: no address, no storage holds it. */
  apiKey: string;
  setApiKey: (key: string) => void;
  /** The reader's role may look only. */
  readOnly: boolean;
  /** Of the active schema. */
  labels: readonly LabelDefinition[];
};

const StudioContext = createContext<Studio | null>(null);
export const StudioProvider = StudioContext.Provider;

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error("The studio's parts stand inside StudioProvider.");
  return studio;
}

/** The labels that the prompt asks for, in the schema's order. */
export function useAskedLabels(): LabelDefinition[] {
  const { draft, labels } = useStudio();
  return labels.filter(({ name }) => draft.prompt.labels.includes(name));
}

/** "names marks spans" */
export const marksSpans = (labels: readonly LabelDefinition[]): string =>
  `${labels.map(({ name }) => name).join(", ")} ${labels.length === 1 ? "marks" : "mark"} spans`;
