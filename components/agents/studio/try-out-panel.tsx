"use client";

import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Figure } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { TryOutItem } from "@/contracts/agents";
import { problemOf, useTRPC } from "@/trpc/client";
import { inputOf } from "./draft";
import { useStudio } from "./studio-context";
import { TryOutTable } from "./try-out-table";

const RECORDS = 10;

/** Asks the model about ten random records; what comes back is shown and not kept. */
export function TryOutPanel({ subsetId }: { subsetId: string | null }) {
  const { project, draft, readOnly, apiKey, setApiKey } = useStudio();
  const trpc = useTRPC();
  const tryOut = useMutation(trpc.agents.tryOut.mutationOptions());
  const run = (seed?: number) =>
    tryOut.mutate({
      project,
      ...inputOf(draft),
      ...(subsetId ? { subsetId } : {}),
      ...(apiKey.trim() && draft.place !== "builtin" ? { apiKey } : {}),
      limit: RECORDS,
      ...(seed === undefined ? {} : { seed }),
    });
  if (readOnly)
    return <Notice title="You can look at this agent, not call it">Administrators can try it out.</Notice>;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <div className="flex flex-wrap items-end gap-3">
        {draft.place === "builtin" ? null : (
          <Field
            label="Key for these calls"
            optional
            hint="Blank takes the server's own, if this is its address. It is kept until you leave this page."
            className="min-w-64 flex-1"
          >
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="off"
                value={apiKey}
                onChange={(event) => setApiKey(event.target.value)}
              />
            )}
          </Field>
        )}
        <Button type="submit" busy={tryOut.isPending} className={draft.place === "builtin" ? "" : "mb-5"}>
          {tryOut.data ? `Try another ${RECORDS}` : `Try on ${RECORDS} random records`}
        </Button>
        {tryOut.data ? (
          <Button
            variant="ghost"
            disabled={tryOut.isPending}
            className={draft.place === "builtin" ? "" : "mb-5"}
            onClick={() => run(tryOut.data?.seed)}
          >
            Try the same again
          </Button>
        ) : null}
      </div>
      {tryOut.error ? (
        <Notice tone="bad" title="Nothing was asked">
          {problemOf(tryOut.error).detail}
        </Notice>
      ) : null}
      {tryOut.isPending ? (
        <SkeletonRows label="Asking the model" rows={RECORDS} />
      ) : tryOut.data ? (
        <Results items={tryOut.data.items} />
      ) : (
        <EmptyState icon={FlaskConical} title="Not tried yet">
          See prompt, answer, label and confidence before a job spends anything. No labels are kept.
        </EmptyState>
      )}
    </form>
  );
}

function Results({ items }: { items: readonly TryOutItem[] }) {
  const failed = items.filter(({ error }) => error);
  const unread = items.filter(({ error, labels }) => !error && labels.some(({ reason }) => reason !== null));
  const cost = items.every(({ costUsd, error }) => costUsd !== null || error)
    ? items.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
    : null;
  if (items.length === 0)
    return (
      <Notice tone="warn">
        There are no records here to ask about. Import some, or choose another subset.
      </Notice>
    );
  return (
    <>
      <p className="tabular text-muted" role="status">
        {items.length} asked · {failed.length} failed · {unread.length} unreadable ·{" "}
        <Figure value={cost} as="cost" reason="The price of this model is not known" />
      </p>
      <TryOutTable items={items} />
    </>
  );
}
