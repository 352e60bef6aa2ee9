"use client";

import { createContext, useContext } from "react";
import type { PromptSettings } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Draft } from "./draft";

export type Studio = {
  project: string;
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  changePrompt: (change: Partial<PromptSettings>) => void;
  /** What is wrong with a field, by the server's word; `path` as in `prompt.taskInstruction`. */
  problemAt: (path: string) => string | undefined;
  /** What the model is known not to take, by the field. */
  warnings: readonly FieldProblem[];
  /** For the calls that are made here. It stays in this page's memory: no address, no storage holds it. */
  apiKey: string;
  setApiKey: (key: string) => void;
  /** The reader's role may look only. */
  readOnly: boolean;
  /** Labels of records in the active schema. */
  labels: readonly LabelDefinition[];
};

const StudioContext = createContext<Studio | null>(null);
export const StudioProvider = StudioContext.Provider;

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error("The studio's parts stand inside StudioProvider.");
  return studio;
}
