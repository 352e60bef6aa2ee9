"use client";

import { Badge } from "@/components/ui/badge";
import { Figure, NoFigure, useFormat } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { Section } from "@/components/ui/section";
import { Stat, StatRow } from "@/components/ui/stat";
import type { CompareResult } from "@/contracts/compare";
import { OpenConflicts } from "./open-conflicts";
import { isShown, kappaReason, pairWords, pValue } from "./pair-words";

type Pair = CompareResult["pairs"][number];
type PairsSectionProps = {
  project: string;
  result: CompareResult;
  nameOf: (id: string) => string;
  isJob: (id: string) => boolean;
  subsetId: string | null;
  canVerify: boolean;
};

const WITH_GOLD =
  "Difference of accuracy with Newcombe's interval, exact McNemar test on the records that only one has right, Cohen's kappa between the two.";

/** Every two of those compared on the records that both labelled: who is better, how sure that is, where they differ. */
export function PairsSection({ project, result, nameOf, isJob, subsetId, canVerify }: PairsSectionProps) {
  if (result.pairs.length === 0) return null;
  const judged = result.pairs.some(({ mcnemarP }) => mcnemarP !== null);
  return (
    <Section
      title="Two on the same records"
      description={judged ? WITH_GOLD : "Cohen's kappa over the records that both labelled."}
    >
      <ul className="divide-y">
        {result.pairs.map((pair) => (
          <li key={`${pair.a} ${pair.b}`} className="flex flex-col gap-3 py-4 first:pt-0">
            <PairFigures pair={pair} names={[nameOf(pair.a), nameOf(pair.b)]} />
            <OpenConflicts
              project={project}
              label={result.label}
              pair={pair}
              names={[nameOf(pair.a), nameOf(pair.b)]}
              subsetId={subsetId}
              canVerify={canVerify && isJob(pair.a) && isJob(pair.b)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A scale with 0 in its middle that holds the interval. */
function around(value: { low: number; high: number } | null): [number, number] {
  const reach = value ? Math.max(Math.abs(value.low), Math.abs(value.high)) : 1;
  const end = Math.min(1, Math.ceil(5 * reach) / 5);
  return [-end, end];
}

function PairFigures({ pair, names }: { pair: Pair; names: readonly [string, string] }) {
  const format = useFormat();
  const { difference, interval, mcnemarP, kappa } = pair;
  const value =
    difference !== null && interval ? { point: difference, low: interval[0], high: interval[1] } : null;
  return (
    <>
      <div>
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          {names[0]} and {names[1]}
          {mcnemarP === null ? null : isShown(pair) ? (
            <Badge tone="good">difference shown</Badge>
          ) : (
            <Badge>not shown</Badge>
          )}
        </h3>
        <p className="max-w-prose text-muted">{pairWords(pair, names, format)}</p>
      </div>
      <StatRow>
        {mcnemarP === null ? null : (
          <Stat className="col-span-2" label="Difference of accuracy" note={pValue(mcnemarP, format)}>
            <span className="text-sm">
              <Interval value={value} n={pair.n} domain={around(value)} method="95% Newcombe interval" />
            </span>
          </Stat>
        )}
        {mcnemarP === null ? null : (
          <Stat
            label="Right: both, only one, neither"
            note={`of ${format.count(pair.n)} with gold and both labels`}
          >
            <span className="text-sm">
              {[pair.both, `${format.count(pair.onlyA)} / ${format.count(pair.onlyB)}`, pair.neither]
                .map((part) => (typeof part === "number" ? format.count(part) : part))
                .join(" · ")}
            </span>
          </Stat>
        )}
        <Stat label="Kappa" note={`n = ${format.count(mcnemarP === null ? pair.overlap : pair.n)}`}>
          <span className="text-sm">
            {kappa === null ? (
              <NoFigure reason={kappaReason(pair.kappaReason)} />
            ) : (
              <Figure value={kappa} as="decimal" />
            )}
          </span>
        </Stat>
        <Stat label="Different values" note={`of ${format.count(pair.overlap)} that both labelled`}>
          <span className="text-sm">
            <Figure value={pair.conflicts} />
          </span>
        </Stat>
      </StatRow>
    </>
  );
}
