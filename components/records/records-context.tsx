"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Vocabulary } from "@/components/query/vocabulary";
import type { Project } from "@/contracts/projects";
import { roleAllows, type Scope } from "@/contracts/roles";

export type RecordsView = {
  me: { id: string; name: string };
  project: Project;
  vocabulary: Vocabulary;
  /** Whether the reader's role allows it. */
  may: (scope: Scope) => boolean;
};

const RecordsContext = createContext<RecordsView | null>(null);

type RecordsViewProviderProps = Omit<RecordsView, "may"> & { children: ReactNode };

/** What every part of the records screen reads: who looks, at which project, with which names. */
export function RecordsViewProvider({ me, project, vocabulary, children }: RecordsViewProviderProps) {
  const may = (scope: Scope) => roleAllows(project.role, scope);
  return <RecordsContext value={{ me, project, vocabulary, may }}>{children}</RecordsContext>;
}

export function useRecordsView(): RecordsView {
  const view = useContext(RecordsContext);
  if (!view) throw new Error("useRecordsView stands inside RecordsViewProvider");
  return view;
}
