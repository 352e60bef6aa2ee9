"use client";

import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";
import { KeysProvider } from "@/components/ui/keys/keys-context";
import { toast } from "@/components/ui/toaster";
import type { KeyBindings } from "@/contracts/key-bindings";
import { problemOf, useTRPC } from "@/trpc/client";

type KeptKeysProps = {
  /** Slug; null outside a project, where keys can't be changed. */
  project: string | null;
  /** As the server has them. */
  bindings: KeyBindings;
  children: ReactNode;
};

/** The reader's keys, kept on the server: in force at once, and as before when they could not be kept. */
export function KeptKeys({ project, bindings: kept, children }: KeptKeysProps) {
  const trpc = useTRPC();
  const [bindings, setBindings] = useState(kept);
  const { mutate } = useMutation(trpc.projects.putKeyBindings.mutationOptions());
  const change = useCallback(
    (next: KeyBindings) => {
      if (project === null) return;
      setBindings(next);
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
    [mutate, project, bindings],
  );
  return (
    <KeysProvider bindings={bindings} change={project === null ? null : change}>
      {children}
    </KeysProvider>
  );
}
