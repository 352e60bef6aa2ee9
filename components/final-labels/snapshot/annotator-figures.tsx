"use client";

import { Figure, useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { AggregationModel, AggregationPolicy } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";
import { EstimatedConfusion } from "./estimated-confusion";

export type AnnotatorFiguresProps = {
  model: AggregationModel;
  policy: AggregationPolicy;
  /** Votes added to each cell of the estimate; null where none were asked for. */
  smoothing: number | null;
  label: LabelDefinition;
};

/** What the policy made of each annotator, and whom it counted together. */
export function AnnotatorFigures({ model, policy, smoothing, label }: AnnotatorFiguresProps) {
  const format = useFormat();
  const { annotators, families, logLikelihood, iterations, converged } = model;
  const names = new Map(annotators.map(({ id, name }) => [id, name]));
  const estimated = policy !== "weighted";
  return (
    <div className="flex flex-col gap-4">
      {estimated && independentRaters(model) < 3 ? (
        <Notice tone="warn" title="Fewer than three independent annotators">
          Where two differ, their labels alone can hardly tell who is right. Take these figures with care.
        </Notice>
      ) : null}
      {!converged ? (
        <Notice tone="warn" title="The estimate was still moving when it was ended">
          Its figures would change a little with more steps.
        </Notice>
      ) : null}
      {families.map(({ family, annotators: ids }) => (
        <Notice key={family} title={`Model family "${family}"`}>
          {ids.map((id) => names.get(id) ?? "").join(", ")}: on each record these jobs counted as one
          annotator together, since models of one family err alike.
        </Notice>
      ))}
      <AnnotatorsTable model={model} policy={policy} />
      {estimated ? (
        <p className="text-muted">
          Estimated from the labels alone, without a truth to compare with.{" "}
          {logLikelihood !== null && iterations !== null
            ? `Log-likelihood ${format.decimal(logLikelihood)} after ${format.counted(iterations, "step")}${smoothing ? `, smoothed by ${format.decimal(smoothing)} votes a cell` : ""}.`
            : null}
        </p>
      ) : null}
      <EstimatedConfusion annotators={annotators} label={label} />
    </div>
  );
}

/** How many annotators there are, when those whose models are of one family are one. */
function independentRaters({ annotators, families }: AggregationModel): number {
  return families.reduce((count, family) => count - family.annotators.length + 1, annotators.length);
}

function AnnotatorsTable({ model, policy }: Pick<AnnotatorFiguresProps, "model" | "policy">) {
  return (
    <Table label="Annotators">
      <TableHead>
        <TableRow>
          <ColumnHead>Annotator</ColumnHead>
          <ColumnHead numeric>Records (n)</ColumnHead>
          {policy === "weighted" ? <ColumnHead numeric>Weight</ColumnHead> : null}
          {policy === "mace" ? <ColumnHead numeric>Trust</ColumnHead> : null}
          {policy === "weighted" ? null : <ColumnHead numeric>Estimated accuracy</ColumnHead>}
        </TableRow>
      </TableHead>
      <TableBody>
        {model.annotators.map(({ id, name, votes, weight, trust, accuracy }) => (
          <TableRow key={id}>
            <TableCell>{name}</TableCell>
            <TableCell numeric>
              <Figure value={votes} />
            </TableCell>
            {policy === "weighted" ? (
              <TableCell numeric>
                <Figure value={weight} as="decimal" reason="No weight was given" />
              </TableCell>
            ) : null}
            {policy === "mace" ? (
              <TableCell numeric>
                <Figure value={trust} as="share" reason="It has no label that counts" />
              </TableCell>
            ) : null}
            {policy === "weighted" ? null : (
              <TableCell numeric>
                <Figure value={accuracy} as="share" reason="It has no label that counts" />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
