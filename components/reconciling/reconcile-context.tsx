"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { OptionLook } from "@/components/labelling/label-options";
import type { Disagreement, ReconcilingPresence } from "@/contracts/reconciliations";

type Person = ReconcilingPresence["person"];
type Reconciling = {
  options: readonly OptionLook[];
  /** What the screen shows as decided; undefined: open. */
  finalOf: (item: Disagreement) => string[] | undefined;
  /** Who else looks, by place. */
  lookers: ReadonlyMap<string, readonly Person[]>;
  /** A person by the name that tells them from their namesakes. */
  called: (person: Person) => Person;
};

const ReconcilingContext = createContext<Reconciling | null>(null);

/** What the cells of the list read: a row's columns stay the same while what they show changes. */
export function ReconcilingProvider({ value, children }: { value: Reconciling; children: ReactNode }) {
  return <ReconcilingContext value={value}>{children}</ReconcilingContext>;
}

export function useReconciling(): Reconciling {
  const reconciling = useContext(ReconcilingContext);
  if (!reconciling) throw new Error("useReconciling stands inside ReconcilingProvider");
  return reconciling;
}
