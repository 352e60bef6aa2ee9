"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { Query } from "@/contracts/query";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";
import { usualWay, wayInput, wayProblems } from "./session-way";
import { SessionWayFields } from "./session-way-fields";

const orders: { value: Session["order"]; label: string }[] = [
  { value: "confidence", label: "The least certain first" },
  { value: "margin", label: "The closest to another option first" },
  { value: "entropy", label: "The most spread over options first" },
  { value: "disagreement", label: "Where jobs differ first" },
  { value: "random", label: "At random" },
];

type OpenSessionDialogProps = {
  /** Slug. */
  project: string;
  /** In words: "Labels of Agent 2". */
  what: string;
  /** To choose from; one is taken as it is. */
  labels: readonly string[];
  jobIds: readonly string[];
  name?: string;
  query?: Query;
  /** Offered as the share of labels that are blind; by default none are. */
  blindPercent?: string;
  onClose: () => void;
};

/** Opens labels of jobs as a live session, with all that can be chosen about how people work in it. */
export function OpenSessionDialog(props: OpenSessionDialogProps) {
  const { project, what, labels, jobIds, name, query, blindPercent, onClose } = props;
  const trpc = useTRPC();
  const router = useRouter();
  const [label, setLabel] = useState(labels[0] ?? "");
  const [order, setOrder] = useState<Session["order"]>("confidence");
  const [way, setWay] = useState(() => ({
    ...usualWay,
    blindPercent: blindPercent ?? usualWay.blindPercent,
  }));
  const open = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/p/${project}/verify/${id}`),
    }),
  );
  const isWrong = Object.keys(wayProblems(way)).length > 0;
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
            busy={open.isPending || open.isSuccess}
            disabled={isWrong || label === ""}
            onClick={() =>
              open.mutate({
                project,
                label,
                jobIds: [...jobIds],
                order,
                ...(name === undefined ? {} : { name }),
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
      <div className="flex flex-col gap-4 pb-2">
        {labels.length > 1 ? (
          <Field label="Label">
            {(control) => (
              <Select
                {...control}
                options={labels.map((value) => ({ value, label: value }))}
                value={label}
                onValueChange={setLabel}
              />
            )}
          </Field>
        ) : null}
        <Field label="Order">
          {(control) => <Select {...control} options={orders} value={order} onValueChange={setOrder} />}
        </Field>
        <SessionWayFields project={project} way={way} onChange={setWay} />
        {open.error ? <Notice tone="bad">{problemOf(open.error).detail}</Notice> : null}
      </div>
    </Dialog>
  );
}
