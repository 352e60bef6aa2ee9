"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { usualWay, wayInput, wayProblems } from "@/components/verification/opening/session-way";
import { SessionWayFields } from "@/components/verification/opening/session-way-fields";
import type { Query } from "@/contracts/query";
import { problemOf, useTRPC } from "@/trpc/client";
import { useRecordsView } from "./records-context";

type VerifyDialogProps = {
  /** Narrows whose records are verified. */
  query: Query | null;
  /** In words: "12 chosen records". */
  what: string;
  onClose: () => void;
};

/** Opens the labels that jobs put on these records as a live session. */
export function VerifyDialog({ query, what, onClose }: VerifyDialogProps) {
  const { project, vocabulary } = useRecordsView();
  const trpc = useTRPC();
  const router = useRouter();
  const jobs = vocabulary.annotators.filter(({ kind }) => kind === "job");
  const nameOf = useNamesApart(jobs);
  const labels = [...new Set(jobs.flatMap((job) => job.labels))];
  const [label, setLabel] = useState(labels[0] ?? "");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set(jobs.slice(1).map(({ id }) => id)));
  const offered = jobs.filter((job) => job.labels.includes(label));
  const jobIds = offered.filter(({ id }) => !left.has(id)).map(({ id }) => id);
  const [way, setWay] = useState(usualWay);
  const isWrong = Object.keys(wayProblems(way)).length > 0;
  const open = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: (session) => router.push(`/p/${project.slug}/verify/${session.id}`),
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(shown) => {
        if (!shown) onClose();
      }}
      title="Verify together"
      description={what}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={open.isPending}
            disabled={jobIds.length === 0 || isWrong}
            onClick={() =>
              open.mutate({
                project: project.slug,
                label,
                jobIds,
                ...(query ? { query } : {}),
                ...wayInput(way),
              })
            }
          >
            Open session
          </Button>
        </>
      }
    >
      {labels.length === 0 ? (
        <Notice>No job has labelled records here yet. Run an agent first.</Notice>
      ) : (
        <div className="flex flex-col gap-4 pb-2">
          <Field label="Label">
            {(control) => (
              <Select
                {...control}
                options={labels.map((name) => ({ value: name, label: name }))}
                value={label}
                onValueChange={setLabel}
              />
            )}
          </Field>
          <fieldset>
            <legend className="font-medium">Labels of</legend>
            {offered.map(({ id }) => (
              <Checkbox
                key={id}
                label={nameOf.get(id)}
                checked={!left.has(id)}
                onCheckedChange={(checked) => {
                  const next = new Set(left);
                  if (checked === true) next.delete(id);
                  else next.add(id);
                  setLeft(next);
                }}
              />
            ))}
          </fieldset>
          <SessionWayFields project={project.slug} way={way} onChange={setWay} />
          {open.error ? <Notice tone="bad">{problemOf(open.error).detail}</Notice> : null}
        </div>
      )}
    </Dialog>
  );
}
