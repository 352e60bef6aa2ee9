"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Figure } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import type { Budget } from "@/contracts/llm-keys";
import { problemOf, useTRPC } from "@/trpc/client";

/** What all jobs together may cost and have cost. */
export function SpendCap({ project }: { project: string }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.llmKeys.budget.queryOptions({ project }));
  return (
    <Section
      title="Spend cap"
      description="Jobs pause before a call that could pass it. It counts all jobs of the project since its beginning."
      layout="form"
    >
      {found.isPending ? (
        <SkeletonRows label="Loading the budget" rows={2} />
      ) : found.isError ? (
        <ErrorState
          what="The budget did not load"
          why={problemOf(found.error).detail}
          onRetry={() => void found.refetch()}
        />
      ) : (
        <CapForm key={found.data.spendCapUsd} project={project} budget={found.data} />
      )}
    </Section>
  );
}

function CapForm({ project, budget }: { project: string; budget: Budget }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [cap, setCap] = useState(budget.spendCapUsd === null ? "" : String(budget.spendCapUsd));
  const [error, setError] = useState<string>();
  const change = useMutation(
    trpc.projects.patch.mutationOptions({
      onSuccess: () => {
        toast("The spend cap is changed");
        void queries.invalidateQueries({ queryKey: trpc.llmKeys.pathKey() });
      },
      onError: (failure) => setError(problemOf(failure).detail),
    }),
  );

  const text = cap.trim();
  const amount = text === "" ? null : Number(text);
  const isSpent = amount !== null && amount > 0 && amount <= budget.spentUsd + budget.reservedUsd;

  function send(event: FormEvent) {
    event.preventDefault();
    const wrong = amount !== null && !(amount > 0 && amount <= 1_000_000);
    setError(wrong ? "Enter US dollars above 0 and up to 1,000,000, or leave it empty." : undefined);
    if (!wrong) change.mutate({ project, spendCapUsd: amount });
  }

  return (
    <form onSubmit={send} noValidate className="flex flex-col items-start gap-3">
      <p>
        Spent so far: <Figure value={budget.spentUsd} as="cost" />
        {budget.reservedUsd > 0 ? (
          <>
            {" "}
            (and <Figure value={budget.reservedUsd} as="cost" /> held for calls under way)
          </>
        ) : null}
      </p>
      <Field label="Cap in US dollars" hint="Empty: no cap" error={error} className="w-full">
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            value={cap}
            onChange={(event) => setCap(event.target.value)}
            autoComplete="off"
          />
        )}
      </Field>
      {isSpent ? (
        <Notice tone="warn" className="w-full">
          That much is spent or held already: jobs that cost money pause at once, and go on when the cap is
          raised.
        </Notice>
      ) : null}
      <Button type="submit" busy={change.isPending}>
        Save cap
      </Button>
    </form>
  );
}
