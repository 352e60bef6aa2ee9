"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Section } from "@/components/ui/section";
import type { Agent } from "@/contracts/agents";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { useStudio } from "./studio-context";

/** The agent's name; it belongs to all versions, so it is saved by itself. */
export function NameSection({ agent }: { agent: Agent | null }) {
  const { project, draft, change, readOnly } = useStudio();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const rename = useMutation(
    trpc.agents.patch.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() }),
    }),
  );
  const renamed = agent !== null && draft.name.trim() !== agent.name;
  const problem = rename.error
    ? (fieldProblemOf(rename.error, "name") ?? problemOf(rename.error).detail)
    : undefined;
  return (
    <Section title="Agent">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (agent && renamed) rename.mutate({ project, id: agent.id, name: draft.name });
        }}
      >
        <Field label="Name" error={problem} className="flex-1">
          {(control) => (
            <Input
              {...control}
              readOnly={readOnly}
              maxLength={120}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        {renamed && !readOnly ? (
          <Button type="submit" busy={rename.isPending} disabled={draft.name.trim() === ""}>
            Rename
          </Button>
        ) : null}
      </form>
    </Section>
  );
}
