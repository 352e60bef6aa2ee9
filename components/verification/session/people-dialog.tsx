"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { SessionPeopleField } from "@/components/verification/opening/session-people-field";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";

type PeopleDialogProps = { project: string; session: Session; onClose: () => void };

/** Lets annotators into a session, or takes it from them: who is inside leaves at once, what they decided stays. */
export function PeopleDialog({ project, session, onClose }: PeopleDialogProps) {
  const { id, mode, members } = session;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string[]>(members?.map((member) => member.id) ?? []);
  const patch = useMutation(
    trpc.sessions.patch.mutationOptions({
      onSuccess(changed) {
        queries.setQueryData(trpc.sessions.get.queryKey({ project, id }), changed);
        const count = changed.members?.length ?? 0;
        toast(
          count === 0
            ? "Open to reviewers and administrators"
            : `Open to ${count} ${count === 1 ? "annotator" : "annotators"}`,
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
      title="People in this session"
      description="The session stands under “Verify” of everybody who is let in. What somebody decided stays when they are taken out."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={patch.isPending}
            onClick={() => patch.mutate({ project, id, members: chosen })}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <SessionPeopleField project={project} mode={mode} value={chosen} onChange={setChosen} />
        {patch.error ? <Notice tone="bad">{problemOf(patch.error).detail}</Notice> : null}
      </div>
    </Dialog>
  );
}
