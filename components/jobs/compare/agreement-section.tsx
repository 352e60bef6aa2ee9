"use client";

import { useQuery } from "@tanstack/react-query";
import { printCompareAddress, readCompareAddress } from "@/components/compare/compare-address";
import { OpenConflicts } from "@/components/compare/open-conflicts";
import { kappaReason } from "@/components/compare/pair-words";
import { ButtonLink } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Stat, StatRow } from "@/components/ui/stat";
import type { Job } from "@/contracts/jobs";
import { problemOf, useTRPC } from "@/trpc/client";

type AgreementSectionProps = {
  project: string;
  label: string;
  jobs: readonly [Job, Job];
  names: readonly [string, string];
  canVerify: boolean;
};

/** On how many of the records that both labelled they agree, and the way to those on which they don't. */
export function AgreementSection({ project, label, jobs, names, canVerify }: AgreementSectionProps) {
  const trpc = useTRPC();
  const annotators = jobs.map(({ id }) => id);
  const compared = useQuery(trpc.compare.compare.queryOptions({ project, label, annotators }));
  const pair = compared.data?.pairs[0];
  const address = printCompareAddress({ ...readCompareAddress(new URLSearchParams()), label, annotators });
  return (
    <Section
      title={`Agreement on ${label}`}
      actions={
        <ButtonLink variant="ghost" size="sm" href={`/p/${project}/compare?${address}`}>
          Paired comparison against gold
        </ButtonLink>
      }
    >
      {compared.error ? (
        <ErrorState
          what="The agreement did not load"
          why={problemOf(compared.error).detail}
          onRetry={() => void compared.refetch()}
        />
      ) : pair ? (
        <div className="flex flex-col gap-4">
          <StatRow>
            <Stat label="Both labelled" note="records">
              <Figure value={pair.overlap} />
            </Stat>
            <Stat label="Agree" note="of these">
              <Figure
                value={pair.overlap === 0 ? null : (pair.overlap - pair.conflicts) / pair.overlap}
                as="share"
                reason="They labelled no record in common"
              />
            </Stat>
            <Stat label="Cohen's kappa" note="agreement beyond chance">
              <Figure value={pair.kappa} as="decimal" reason={kappaReason(pair.kappaReason)} />
            </Stat>
          </StatRow>
          <OpenConflicts
            project={project}
            label={label}
            pair={pair}
            names={names}
            subsetId={null}
            canVerify={canVerify}
          />
        </div>
      ) : (
        <SkeletonRows label="Comparing the labels" rows={2} />
      )}
    </Section>
  );
}
