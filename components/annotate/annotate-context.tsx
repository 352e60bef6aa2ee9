"use client";

import { createContext, useContext } from "react";
import type { Answers } from "./answers/types";
import type { WorkLabel } from "./work-labels";

/** The choice of several options that has been started for one label and is not an answer yet. */
export type Draft = { recordId: string; label: string; value: readonly string[] };

export type AnnotateView = {
  labels: readonly WorkLabel[];
  answers: Answers;
  draft: Draft | null;
  /** The record and label that keys answer now. */
  active: { recordId: string | null; label: string } | null;
};

const AnnotateContext = createContext<AnnotateView | null>(null);

export const AnnotateProvider = AnnotateContext.Provider;

/** What the rows and the record draw from: my answers, the labels, what the keys answer. */
export function useAnnotateView(): AnnotateView {
  const view = useContext(AnnotateContext);
  if (!view) throw new Error("useAnnotateView belongs inside an AnnotateProvider");
  return view;
}
