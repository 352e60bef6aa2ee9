"use client";

import { errorReference } from "@/components/layout/error-reference";
import { ErrorState } from "@/components/ui/error-state";
import "./globals.css";

/** Stands in for the root layout, so it brings its own document. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Tandem did not load</title>
        <main className="grid min-h-dvh place-items-center">
          <ErrorState
            what="Tandem did not load"
            why="The server could not answer. What you saved is kept; try again in a moment."
            onRetry={retry}
            reference={errorReference(error)}
          />
        </main>
      </body>
    </html>
  );
}
