"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { recordsHref } from "@/components/query/records-address";
import { useFormat } from "@/components/ui/figure";
import { toast } from "@/components/ui/toaster";
import { useGoTo } from "@/components/ui/unsaved-changes";
import type { LabelDefinition, SchemaVersion } from "@/contracts/label-schema";
import type { MappingRule, SchemaEffects } from "@/contracts/schema-effects";
import { problemOf, useTRPC, useTRPCClient } from "@/trpc/client";

type More = { map?: MappingRule[]; worklist?: string };

/**
 * Saving a schema: first what it would break is asked; where that is nothing, it is saved at once, else `found`
 * holds it until somebody decides.
 */
export function useSaveSchema(project: string, onSaved: (version: SchemaVersion) => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const goTo = useGoTo();
  const format = useFormat();
  const [found, setFound] = useState<SchemaEffects | null>(null);
  const save = useMutation(
    trpc.projects.putSchema.mutationOptions({
      onSuccess: ({ worklist, mapping, ...version }) => {
        setFound(null);
        const words = [
          `Version ${version.version} is active`,
          ...(mapping ? ["labels are being mapped"] : []),
          ...(worklist ? [`“${worklist.name}” has ${format.counted(worklist.count, "record")}`] : []),
        ].join("; ");
        if (worklist)
          toast(words, {
            action: {
              label: "Open the worklist",
              onClick: () => goTo(recordsHref(project, { query: { subset: worklist.id } })),
            },
          });
        else toast(words);
        onSaved(version);
      },
    }),
  );
  const check = useMutation({
    mutationFn: (labelSchema: LabelDefinition[]) =>
      client.projects.schemaEffects.query({ project, labelSchema }),
    onSuccess: (effects, labelSchema) => {
      if (effects.effects.length === 0 && effects.agents.length === 0) save.mutate({ project, labelSchema });
      else setFound(effects);
    },
  });
  const error = save.error ?? check.error;
  return {
    /** Asks what would change, and saves when nothing breaks. */
    send: (labels: LabelDefinition[]) => {
      save.reset();
      check.mutate(labels);
    },
    confirm: (more: More) => {
      if (found) save.mutate({ project, labelSchema: found.labelSchema, ...more });
    },
    cancel: () => setFound(null),
    found,
    busy: check.isPending || save.isPending,
    problem: error ? problemOf(error).detail : null,
  };
}
