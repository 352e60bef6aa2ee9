"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { z } from "zod";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import type { annotatorList } from "@/contracts/records";
import type { subsetList } from "@/contracts/subsets";
import type { ColumnView } from "@/contracts/views";
import { useTRPC } from "@/trpc/client";
import { RecordsBrowser } from "./records-browser";
import { RecordsViewProvider } from "./records-context";

type RecordsScreenProps = {
  me: { id: string; name: string };
  project: Project;
  labels: LabelDefinition[];
  annotators: z.infer<typeof annotatorList>;
  subsets: z.infer<typeof subsetList>;
  /** How the reader kept the columns. */
  view: ColumnView | null;
  /** Members of the project; only the reader where the others aren't theirs to know. */
  people: { id: string; name: string }[];
};

/** The records of a project: search, table, saved subsets, one record in full. */
export function RecordsScreen({
  me,
  project,
  labels,
  annotators,
  subsets,
  view,
  people: members,
}: RecordsScreenProps) {
  const trpc = useTRPC();
  const input = { project: project.slug };
  const { data: people } = useQuery(trpc.records.annotators.queryOptions(input, { initialData: annotators }));
  const saved = useQuery(trpc.subsets.list.queryOptions({ ...input, limit: 200 }, { initialData: subsets }));
  const vocabulary = useMemo(
    () => ({
      labels,
      metadata: project.metadata,
      annotators: people.items,
      subsets: saved.data.items,
      people: members,
    }),
    [labels, project.metadata, people.items, saved.data.items, members],
  );
  return (
    <RecordsViewProvider me={me} project={project} vocabulary={vocabulary}>
      <RecordsBrowser kept={view} subsets={saved.data.items} onSubsetsChanged={() => void saved.refetch()} />
    </RecordsViewProvider>
  );
}
