"use client";

import { useQuery } from "@tanstack/react-query";
import { cn } from "@/components/ui/cn";
import type { QueryNames } from "@/contracts/query-text";
import type { RecordSource } from "@/contracts/record-source";
import { useTRPC } from "@/trpc/client";
import { sourceWords } from "./source-words";

type RecordSourceWordsProps = {
  /** Slug. */
  project: string;
  source: RecordSource;
  className?: string;
};

const mayNameSomething = /[0-9a-f]{8}-[0-9a-f]{4}-/;

/** The subset's name or the query as text, cut where it is long and whole in its title; nothing for all records. */
export function RecordSourceWords({ project, source, className }: RecordSourceWordsProps) {
  const names = useNames(project, mayNameSomething.test(JSON.stringify(source.query)));
  const words = sourceWords(source, names);
  if (words === "") return null;
  return (
    <span title={words} className={cn("inline-block max-w-64 truncate align-bottom", className)}>
      {words}
    </span>
  );
}

/** What annotators and subsets are called; asked for only where a query names some. */
function useNames(project: string, enabled: boolean): QueryNames {
  const trpc = useTRPC();
  const annotators = useQuery({ ...trpc.records.annotators.queryOptions({ project }), enabled });
  const subsets = useQuery({ ...trpc.subsets.list.queryOptions({ project, limit: 1000 }), enabled });
  return { annotators: annotators.data?.items ?? [], subsets: subsets.data?.items ?? [] };
}
