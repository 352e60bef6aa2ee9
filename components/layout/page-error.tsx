"use client";

import { ErrorState } from "@/components/ui/error-state";
import { errorReference } from "./error-reference";

/** What stands where a page would that could not be made; inside a project its sidebar stays. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <ErrorState
      what="This page did not load"
      why="The server could not answer. What you saved is kept; try again in a moment."
      onRetry={retry}
      reference={errorReference(error)}
    />
  );
}
