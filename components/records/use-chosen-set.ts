"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { annotateHref } from "@/components/annotate/annotate-href";
import { useFormat } from "@/components/ui/figure";
import { toast } from "@/components/ui/toaster";
import type { Query } from "@/contracts/query";
import { problemOf, useTRPC } from "@/trpc/client";
import { type Chosen, chosenQuery } from "./chosen";
import { useRecordsView } from "./records-context";

/** Characters of a query that every proxy lets through in an address. */
const MAX_IN_ADDRESS = 4000;

/** The ways from chosen records to other screens: what can't be told in an address is frozen as a subset first. */
export function useChosenSet(query: Query | null, chosen: Chosen, count: number) {
  const { project } = useRecordsView();
  const trpc = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const create = useMutation(
    trpc.subsets.create.mutationOptions({ onError: (error) => toast.error(problemOf(error).detail) }),
  );
  const at = `/p/${project.slug}`;

  async function frozen(): Promise<string> {
    const content =
      chosen.kind === "listed" ? { recordIds: [...chosen.ids] } : { query: chosenQuery(chosen, query) ?? {} };
    const name = format.counted(count, "chosen record");
    const { id } = await create.mutateAsync({ project: project.slug, name, kind: "static", ...content });
    return id;
  }

  /** Goes on with the id of a subset that holds exactly these records. */
  function withSubset(go: (subsetId: string) => void) {
    if (chosen.kind === "found" && chosen.except.size === 0 && query && "subset" in query)
      return go(query.subset);
    // Refusals have been told.
    void frozen().then(go, () => undefined);
  }

  return {
    label: () => {
      const href = annotateHref(project.slug, { query: chosenQuery(chosen, query) });
      if (href.length <= MAX_IN_ADDRESS) router.push(href);
      else withSubset((id) => router.push(annotateHref(project.slug, { query: { subset: id } })));
    },
    runAgent: () => withSubset((id) => router.push(`${at}/jobs/new?subset=${id}`)),
    exportFile: (kind: string, format: string) => {
      const wanted = chosenQuery(chosen, query);
      const text = wanted === null ? "" : JSON.stringify(wanted);
      const save = (asked: string) => {
        const params = new URLSearchParams({ kind, format, ...(asked === "" ? {} : { query: asked }) });
        window.location.assign(`${at}/export?${params.toString()}`);
      };
      if (text.length <= MAX_IN_ADDRESS) save(text);
      else withSubset((id) => save(JSON.stringify({ subset: id })));
    },
  };
}
