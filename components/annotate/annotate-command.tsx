"use client";

import { useMemo } from "react";
import { type Command, useCommands } from "@/components/ui/commands";
import { toast } from "@/components/ui/toaster";
import { useGoTo } from "@/components/ui/unsaved-changes";
import { problemOf, useTRPCClient } from "@/trpc/client";
import { annotateHref } from "./annotate-href";

/** Offers on every page to go on with what is assigned to the reader: what is due soonest first. */
export function AnnotateCommand({ project }: { project: string }) {
  const api = useTRPCClient();
  const goTo = useGoTo();
  const commands = useMemo<Command[]>(() => {
    async function goOn() {
      const { items } = await api.assignments.list.query({ project, mine: true, limit: 100 });
      const [next] = items
        .filter(({ progress }) => progress.done < progress.records)
        .sort((one, other) => timeOf(one.dueAt) - timeOf(other.dueAt));
      if (next) goTo(annotateHref(project, { assignmentId: next.id }));
      else toast("Nothing that is assigned to you is left to label");
    }
    return [
      {
        id: "annotate-assigned",
        label: "Label what is assigned to me",
        group: "Labelling",
        keywords: ["annotate", "assignment", "to do"],
        everywhere: true,
        run: () => void goOn().catch((error) => toast.error(problemOf(error).detail)),
      },
    ];
  }, [api, project, goTo]);
  useCommands(commands);
  return null;
}

const timeOf = (dueAt: string | null) => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));
