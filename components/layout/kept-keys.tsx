"use client";

import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";
import { useUnsaved } from "@/components/saving/use-unsaved";
import { KeysProvider } from "@/components/ui/keys/keys-context";
import { toast } from "@/components/ui/toaster";
import { type KeyBindings, keyBindings } from "@/contracts/key-bindings";
import { LASTING, problemOf, useTRPC } from "@/trpc/client";

const readBindings = (json: unknown): KeyBindings => keyBindings.parse(json);

type KeptKeysProps = {
  /** Whose keys they are. */
  userId: string;
  /** Slug; null outside a project, where keys can't be changed. */
  project: string | null;
  /** As the server has them. */
  bindings: KeyBindings;
  children: ReactNode;
};

/** The reader's keys, kept on the server: in force at once, and as before when they could not be kept. */
export function KeptKeys({ userId, project, bindings: kept, children }: KeptKeysProps) {
  const trpc = useTRPC();
  const [bindings, setBindings] = useState(kept);
  const unsaved = useUnsaved({
    name: `${userId}|${project}|keys`,
    read: readBindings,
    onLeft: (left) => change(left),
  });
  const { mutate } = useMutation(
    trpc.projects.putKeyBindings.mutationOptions({
      trpc: LASTING,
      onSettled: (_, __, sent) => unsaved.settle(sent.bindings),
    }),
  );
  const change = useCallback(
    (next: KeyBindings) => {
      if (project === null) return;
      setBindings(next);
      unsaved.keep(next);
      mutate(
        { project, bindings: next },
        {
          onError: (error) => {
            setBindings(bindings);
            toast.error(`The key could not be kept: ${problemOf(error).detail}`);
          },
        },
      );
    },
    [mutate, project, bindings, unsaved],
  );
  return (
    <KeysProvider bindings={bindings} change={project === null ? null : change}>
      {children}
    </KeysProvider>
  );
}
