"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import type { Agent } from "@/contracts/agents";
import { problemOf, useTRPC } from "@/trpc/client";
import { contentOf, type Draft, inputOf } from "./draft";
import { problemWords } from "./field-names";
import { VersionDiff } from "./version-diff";

type SaveDialogProps = {
  project: string;
  agent: Agent;
  draft: Draft;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Shows what the next version changes, then saves it. */
export function SaveDialog({ project, agent, draft, open, onOpenChange }: SaveDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const save = useMutation(
    trpc.agents.createVersion.mutationOptions({
      onSuccess: async ({ version }) => {
        await queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() });
        toast(`Saved as version ${version}`);
        onOpenChange(false);
      },
    }),
  );
  const problem = save.error ? problemOf(save.error) : null;
  const after = contentOf(draft);
  const next = agent.version + 1;
  return (
    <Dialog
      open={open}
      onOpenChange={(change) => {
        onOpenChange(change);
        save.reset();
      }}
      size="lg"
      title={`Save version ${next}`}
      description="A version never changes. Jobs of earlier versions keep theirs."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep editing</Button>
          <Button
            variant="primary"
            busy={save.isPending}
            onClick={() => save.mutate({ project, id: agent.id, ...inputOf(draft) })}
          >
            Save version {next}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem ? (
          <Notice tone="bad" title="It was not saved">
            {problem.errors ? problemWords(problem.errors) : problem.detail}
          </Notice>
        ) : null}
        {after ? (
          <VersionDiff label={`Version ${agent.version} → version ${next}`} before={agent} after={after} />
        ) : (
          <Notice tone="warn">A field is not right yet; saving says which.</Notice>
        )}
      </div>
    </Dialog>
  );
}
