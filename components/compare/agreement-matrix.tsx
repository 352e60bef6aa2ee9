"use client";

import { cn } from "@/components/ui/cn";
import { NoFigure, useFormat } from "@/components/ui/figure";
import { OverflowBox } from "@/components/ui/overflow-box";
import type { Agreement } from "@/contracts/agreement";
import { agreementReason, kappaStep } from "./agreement-words";

type Pair = Agreement["pairs"][number];
type AgreementMatrixProps = {
  annotators: Agreement["annotators"];
  pairs: readonly Pair[];
  weights: Agreement["weights"];
  nameOf: (id: string) => string;
};

/** One hue, deeper with κ: how much, not how good. */
const SHADES = ["", "bg-accent/5", "bg-accent/10", "bg-accent/15", "bg-accent/20", "bg-accent/25"] as const;

const keyOf = (a: string, b: string): string => [a, b].sort().join(" ");

/** κ of every two, people and jobs alike, with how many records they share. */
export function AgreementMatrix({ annotators, pairs, weights, nameOf }: AgreementMatrixProps) {
  const format = useFormat();
  const found = new Map(pairs.map((pair) => [keyOf(pair.a, pair.b), pair]));
  return (
    <OverflowBox label="Kappa of every two">
      <table className="border-separate border-spacing-0.5 text-sm">
        <caption className="pb-1 text-left text-faint text-xs">
          Cohen's kappa of the two{weights === "none" ? "" : `, with ${weights} weights,`} over the records
          that both labelled, and how many these are.
        </caption>
        <thead>
          <tr>
            <td />
            {annotators.map(({ id }) => (
              <th key={id} scope="col" className="px-2 py-1 text-right font-normal text-muted text-xs">
                <Name name={nameOf(id)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {annotators.map(({ id, kind, n }) => (
            <tr key={id}>
              <th scope="row" className="px-2 py-1 text-left font-normal text-muted text-xs">
                <Name name={nameOf(id)} />
                <span className="block whitespace-nowrap text-faint">
                  {kind === "user" ? "person" : kind}, {format.counted(n, "record")}
                </span>
              </th>
              {annotators.map((other) => (
                <td key={other.id} className="p-0">
                  {other.id === id ? (
                    <span aria-hidden className="flex min-w-20 justify-end px-2 text-faint">
                      –
                    </span>
                  ) : (
                    <Cell
                      pair={found.get(keyOf(id, other.id))}
                      words={`${nameOf(id)} and ${nameOf(other.id)}`}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </OverflowBox>
  );
}

const Name = ({ name }: { name: string }) => (
  <span title={name} className="block max-w-36 truncate">
    {name}
  </span>
);

function Cell({ pair, words }: { pair: Pair | undefined; words: string }) {
  const format = useFormat();
  if (!pair) return null;
  const { n, agree, kappa, interval, reason } = pair;
  const range = interval
    ? `95% interval ${interval.map((end) => format.decimal(end)).join(" to ")}`
    : agreementReason(reason);
  const detail = `${words}: ${range}; the same value on ${format.count(agree)} of ${format.counted(n, "record")}`;
  return (
    <span
      title={detail}
      className={cn(
        "tabular flex min-w-20 flex-col items-end rounded-sm px-2 py-1",
        kappa !== null && SHADES[kappaStep(kappa)],
      )}
    >
      {kappa === null ? (
        <NoFigure reason={agreementReason(reason)} />
      ) : (
        <span className="font-medium">{format.decimal(kappa)}</span>
      )}
      <span className="whitespace-nowrap text-2xs text-muted">n = {format.count(n)}</span>
      <span className="sr-only">{detail}</span>
    </span>
  );
}
