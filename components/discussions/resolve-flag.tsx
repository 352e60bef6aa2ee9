"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Popover } from "@/components/ui/popover";
import { Textarea } from "@/components/ui/textarea";
import type { Flag } from "@/contracts/discussions";
import { problemOf, useTRPC } from "@/trpc/client";
import { useDiscussionReader } from "./discussion-context";
import { useRefreshDiscussion } from "./use-discussion-news";

/** Settles an open flag with a note that its author reads, or opens a settled one again. */
export function ResolveFlag({ flag }: { flag: Flag }) {
  const { project } = useDiscussionReader();
  const trpc = useTRPC();
  const refresh = useRefreshDiscussion();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const patch = useMutation(
    trpc.discussions.patchFlag.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        return refresh(flag.recordId);
      },
    }),
  );
  const { id } = flag;
  if (flag.state !== "open")
    return (
      <Button
        size="sm"
        variant="ghost"
        busy={patch.isPending}
        onClick={() => patch.mutate({ project, id, state: "open" })}
      >
        Open again
      </Button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    patch.mutate({ project, id, state: "resolved", ...(note.trim() === "" ? {} : { note: note.trim() }) });
  };
  return (
    <Popover
      label={`Resolve the flag on ${flag.externalId}`}
      open={open}
      onOpenChange={setOpen}
      align="end"
      trigger={<Button size="sm">Resolve</Button>}
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field
          label="What was done about it"
          optional
          hint={`${flag.author.name} reads this.`}
          error={patch.isError ? problemOf(patch.error).detail : undefined}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="sm" busy={patch.isPending}>
          Resolve flag
        </Button>
      </form>
    </Popover>
  );
}
