"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import type { Subset } from "@/contracts/subsets";
import { problemOf, useTRPC } from "@/trpc/client";
import { choiceInput, type RecordSource } from "./record-source";
import { useSubsetList, useSubsetsChanged } from "./use-subset-list";

type AddToSubsetDialogProps = {
  project: string;
  source: RecordSource;
  /** In words: "12 chosen records". */
  what: string;
  onClose: () => void;
  onAdded?: (subset: Subset) => void;
};

/** Puts records into a frozen subset that is there already. */
export function AddToSubsetDialog({ project, source, what, onClose, onAdded }: AddToSubsetDialogProps) {
  const trpc = useTRPC();
  const format = useFormat();
  const changed = useSubsetsChanged();
  const subsets = useSubsetList(project);
  const [chosen, setChosen] = useState<string>();
  // A live subset holds what its search finds, and a sample keeps the chances of its records.
  const offered = subsets.data?.items.filter(({ kind, sample }) => kind === "static" && !sample);
  const id = chosen ?? offered?.[0]?.id;
  const add = useMutation(
    trpc.subsets.changeRecords.mutationOptions({
      onSuccess: ({ added, subset }) => {
        changed();
        toast(
          added === 0
            ? `All of them were in ${subset.name} already`
            : `${format.count(added)} ${added === 1 ? "record" : "records"} added to ${subset.name}`,
        );
        onAdded?.(subset);
        onClose();
      },
    }),
  );
  const problem = add.error ?? subsets.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Add to subset"
      description={what}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={add.isPending}
            disabled={id === undefined}
            onClick={() => id && add.mutate({ project, id, add: choiceInput(source) })}
          >
            Add to subset
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        {subsets.isPending ? (
          <SkeletonRows label="Loading subsets" rows={2} />
        ) : offered && offered.length > 0 ? (
          <Field label="Subset" hint="Live subsets and samples don't take records by hand.">
            {(control) => (
              <Select
                {...control}
                value={id}
                onValueChange={setChosen}
                options={offered.map(({ id: value, name, count }) => ({
                  value,
                  label: `${name} (${format.count(count)})`,
                }))}
              />
            )}
          </Field>
        ) : offered ? (
          <Notice>There is no subset that takes records yet. Save these as a subset instead.</Notice>
        ) : null}
        {problem ? <Notice tone="bad">{problemOf(problem).detail}</Notice> : null}
      </div>
    </Dialog>
  );
}
