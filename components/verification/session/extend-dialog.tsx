"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import type { Session } from "@/contracts/sessions";
import type { Subset } from "@/contracts/subsets";
import { problemOf, useTRPC } from "@/trpc/client";

const none: readonly Subset[] = [];

type ExtendDialogProps = { project: string; session: Session; onClose: () => void };

/** Adds labels that the session does not hold yet, at its end: whoever is in it sees them come. */
export function ExtendDialog({ project, session, onClose }: ExtendDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [from, setFrom] = useState("again");
  const subsets = useQuery(trpc.subsets.list.queryOptions({ project, limit: 100 }));
  const offered = subsets.data?.items ?? none;
  const nameOf = useNamesApart(offered);
  const extend = useMutation(
    trpc.sessions.extend.mutationOptions({
      onSuccess({ added, ...changed }) {
        queries.setQueryData(trpc.sessions.get.queryKey({ project, id: session.id }), changed);
        toast(
          added === 0
            ? "Nothing to add: the session holds all of these labels"
            : `${added.toLocaleString()} ${added === 1 ? "label" : "labels"} added at the end`,
        );
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(shown) => {
        if (!shown) onClose();
      }}
      title="Add labels"
      description="Labels that are already in the session are not added again."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={extend.isPending}
            onClick={() =>
              extend.mutate({ project, id: session.id, ...(from === "again" ? {} : { subsetId: from }) })
            }
          >
            Add labels
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <Field label="Of the records in">
          {(control) => (
            <Select
              {...control}
              options={[
                { value: "again", label: "What the session was opened on", hint: "As it is now" },
                ...offered.map(({ id, name }) => ({ value: id, label: nameOf.get(id) ?? name })),
              ]}
              value={from}
              onValueChange={setFrom}
            />
          )}
        </Field>
        {subsets.error ? <Notice tone="bad">{problemOf(subsets.error).detail}</Notice> : null}
        {extend.error ? <Notice tone="bad">{problemOf(extend.error).detail}</Notice> : null}
      </div>
    </Dialog>
  );
}
