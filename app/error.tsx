"use client";

import { errorReference } from "@/components/layout/error-reference";
import { ErrorState } from "@/components/ui/error-state";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        what="This page did not load"
        why="The server could not answer. What you saved is kept; try again in a moment."
        onRetry={retry}
        reference={errorReference(error)}
      />
    </main>
  );
}
