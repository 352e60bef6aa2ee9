"use client";

import { useQuery } from "@tanstack/react-query";
import { lookOf, optionLooks } from "@/components/labelling/label-options";
import { ResolveDisagreements } from "@/components/reconciling/resolve-disagreements";
import { ErrorState } from "@/components/ui/error-state";
import { Figure, useFormat } from "@/components/ui/figure";
import { OptionMark } from "@/components/ui/option-chip";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { LabelShares } from "@/contracts/overview";
import { problemOf, useTRPC } from "@/trpc/client";

const SHOWN = 8;

/** How the values of each label are spread; nothing before the first label. */
export function LabelSharesView({ project }: { project: string }) {
  const trpc = useTRPC();
  const shares = useQuery(trpc.projects.labelShares.queryOptions({ project }));
  const schema = useQuery(trpc.projects.activeSchema.queryOptions({ project }));
  if (shares.data?.length === 0) return null;
  return (
    <Section
      title="Labels"
      description="Of each record the newest verdict, else the newest label. Not final labels: those follow a policy."
    >
      {shares.isPending ? (
        <SkeletonRows label="Counting labels" rows={3} />
      ) : shares.isError ? (
        <ErrorState
          what="The labels could not be counted"
          why={problemOf(shares.error).detail}
          onRetry={() => void shares.refetch()}
        />
      ) : (
        <div className="grid gap-6 md:grid-cols-2">
          {shares.data.map((share) => (
            <LabelShare
              key={share.label}
              project={project}
              share={share}
              definition={schema.data?.labelSchema.find(({ name }) => name === share.label)}
            />
          ))}
        </div>
      )}
    </Section>
  );
}

type LabelShareProps = {
  project: string;
  share: LabelShares[number];
  definition: LabelDefinition | undefined;
};

function LabelShare({ project, share, definition }: LabelShareProps) {
  const format = useFormat();
  const looks = definition ? optionLooks(definition) : [];
  const shown = share.values.slice(0, SHOWN);
  const rest = share.values.slice(SHOWN).reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="min-w-0">
      <h3 className="mb-2 flex items-baseline gap-2 font-medium">
        {share.label}
        <span className="font-normal text-faint text-xs">
          n = {format.count(share.n)}, <Figure value={share.verified} /> verified
        </span>
      </h3>
      <ul className="flex flex-col gap-1.5">
        {shown.map(({ value, count }) => {
          const options = value.map((one) => lookOf(looks, one));
          const color = options[0]?.color ?? 10;
          return (
            <li
              key={JSON.stringify(value)}
              className="grid grid-cols-[8rem_1fr_3rem_3.5rem] items-center gap-2"
            >
              <span className="flex min-w-0 items-center gap-1.5">
                <OptionMark color={color} />
                <span className="truncate">{options.map(({ text }) => text).join(", ") || "none"}</span>
              </span>
              <span aria-hidden className="h-2 overflow-hidden rounded-full bg-line" data-option={color}>
                <span className="block h-full bg-option" style={{ width: `${(100 * count) / share.n}%` }} />
              </span>
              <span className="tabular text-right text-muted">{format.share(count / share.n)}</span>
              <span className="tabular text-right text-faint text-xs">{format.count(count)}</span>
            </li>
          );
        })}
      </ul>
      {rest > 0 ? <p className="mt-1.5 text-muted">{format.count(rest)} with other values</p> : null}
      {definition ? (
        <div className="mt-2 empty:hidden">
          <ResolveDisagreements project={project} label={share.label} />
        </div>
      ) : null}
    </div>
  );
}
