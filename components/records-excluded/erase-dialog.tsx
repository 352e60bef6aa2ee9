"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import type { ExcludedRecord } from "@/contracts/record-changes";
import { problemOf, useTRPC } from "@/trpc/client";

type EraseDialogProps = {
  project: string;
  record: ExcludedRecord;
  onClose: () => void;
  onErased: () => void;
};

/** Asks for the record's id before its words are blanked for good. */
export function EraseDialog({ project, record, onClose, onErased }: EraseDialogProps) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const erase = useMutation(
    trpc.records.erase.mutationOptions({
      onSuccess: () => {
        onErased();
        onClose();
        toast(`Record ${record.externalId} erased`);
      },
    }),
  );
  const matches = typed === record.externalId;
  const confirm = () => {
    if (matches && !erase.isPending) erase.mutate({ project, id: record.id, confirm: typed });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Erase record ${record.externalId}?`}
      description="Its text, metadata, model answers, reasons and vectors are blanked and can't be brought back. Its id, the values of labels and verdicts, counts and costs stay."
      verb="Erase record"
      danger
      busy={erase.isPending}
      blocked={!matches}
      onConfirm={confirm}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Field
          label={`Type ${record.externalId} to confirm`}
          error={erase.error ? problemOf(erase.error).detail : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </form>
    </ConfirmDialog>
  );
}
