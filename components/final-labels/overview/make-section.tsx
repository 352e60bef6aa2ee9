"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { aggregationPolicy } from "@/contracts/aggregation";
import type { Labeller } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { policyWords } from "../policy-words";
import { askedSnapshot } from "./asked-snapshot";
import { Preview } from "./preview";
import type { FinalLabelsAddress } from "./use-final-labels-address";
import { VotersField } from "./voters-field";
import { WeightsField } from "./weights-field";

type MakeSectionProps = {
  project: string;
  label: LabelDefinition;
  labellers: readonly Labeller[];
  address: FinalLabelsAddress;
  onChange: (part: Partial<FinalLabelsAddress>) => void;
  /** The reader's role allows it; otherwise the preview alone is of use. */
  canMake: boolean;
};

const policies = aggregationPolicy.options.map((value) => ({
  value,
  label: policyWords[value].name,
  hint: policyWords[value].hint,
}));

/** Choice of the policy with what it would give, and the button that keeps it. */
export function MakeSection({ project, label, labellers, address, onChange, canMake }: MakeSectionProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const format = useFormat();
  const { policy, annotators, versions } = address;
  const input = askedSnapshot(
    { project, label: label.name },
    address,
    labellers.map(({ id }) => id),
  );
  const preview = useQuery(
    trpc.aggregation.preview.queryOptions(input, {
      placeholderData: keepPreviousData,
      refetchOnWindowFocus: false,
    }),
  );
  const make = useMutation(
    trpc.aggregation.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(trpc.aggregation.pathFilter());
        router.push(`/p/${project}/final-labels/${id}`);
      },
    }),
  );
  const { records, decided } = preview.data?.counts ?? { records: 0, decided: 0 };
  return (
    <Section
      title="New snapshot"
      description="A snapshot holds at most one final label a record, with where it comes from, and never changes."
      actions={
        canMake ? (
          <Button
            variant="primary"
            busy={make.isPending}
            disabled={records === 0 || preview.isPlaceholderData}
            onClick={() => make.mutate(input)}
          >
            {records === 0
              ? "Make final labels"
              : `Make ${preview.data?.estimate ? "about " : ""}${format.count(decided)} final ${decided === 1 ? "label" : "labels"}`}
          </Button>
        ) : null
      }
    >
      <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[18rem_1fr]">
        <div className="flex flex-col items-start gap-3">
          <RadioGroup
            aria-label="Policy"
            options={policies}
            value={policy}
            onValueChange={(next) => onChange({ policy: next })}
          />
          <VotersField
            labellers={labellers}
            value={annotators}
            onChange={(next) => onChange({ annotators: next })}
            oneVote={{
              on: versions === "newest",
              onChange: (on) => onChange({ versions: on ? "newest" : "every" }),
            }}
          />
          {policy === "weighted" ? (
            <WeightsField
              labellers={labellers}
              annotators={annotators}
              value={address.weights}
              onChange={(weights) => onChange({ weights })}
            />
          ) : null}
          {policy === "dawid-skene" ? (
            <Checkbox
              label="Smooth the estimate"
              hint="What nobody was seen to take for something else stays possible"
              checked={address.smooth}
              onCheckedChange={(checked) => onChange({ smooth: checked === true })}
            />
          ) : null}
        </div>
        <div
          aria-busy={preview.isPlaceholderData}
          className={cn("min-w-0", preview.isPlaceholderData && "opacity-60 transition-opacity")}
        >
          {make.error ? (
            <Notice tone="bad" title="The snapshot was not made" className="mb-3">
              {problemOf(make.error).detail}
            </Notice>
          ) : null}
          {preview.error ? (
            <ErrorState
              what="The preview could not be made"
              why={problemOf(preview.error).detail}
              onRetry={() => void preview.refetch()}
            />
          ) : preview.data ? (
            <Preview preview={preview.data} label={label} />
          ) : (
            <SkeletonRows label="Working out the final labels" rows={4} />
          )}
        </div>
      </div>
    </Section>
  );
}
