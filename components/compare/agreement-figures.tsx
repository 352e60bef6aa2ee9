"use client";

import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Stat, StatRow } from "@/components/ui/stat";
import type { Agreement } from "@/contracts/agreement";
import type { LabelDefinition } from "@/contracts/label-schema";
import { AgreementMatrix } from "./agreement-matrix";
import { AgreementOptions } from "./agreement-options";
import { alphaWords } from "./agreement-words";
import { CoefficientFigure } from "./coefficient-figure";

type AgreementFiguresProps = {
  label: LabelDefinition;
  agreement: Agreement;
  nameOf: (id: string) => string;
};

/** All together, two by two, option by option. */
export function AgreementFigures({ label, agreement, nameOf }: AgreementFiguresProps) {
  const format = useFormat();
  const { alpha, fleiss, ac1, annotators, annotatorsLeftOut, outside, pairs, perOption, metric, weights } =
    agreement;
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-prose">{alphaWords(alpha, format)}</p>
      <StatRow>
        <Stat
          className="col-span-2"
          label={`Krippendorff's alpha${metric === "nominal" ? "" : `, ${metric}`}`}
          note="any number of labels a record"
        >
          <span className="text-sm">
            <CoefficientFigure coefficient={alpha} />
          </span>
        </Stat>
        <Stat className="col-span-2" label="Fleiss' kappa" note="equally many labels a record">
          <span className="text-sm">
            <CoefficientFigure coefficient={fleiss} plain />
          </span>
        </Stat>
        <Stat className="col-span-2" label="Gwet's AC1" note="little moved by a prevailing option">
          <span className="text-sm">
            <CoefficientFigure coefficient={ac1} plain />
          </span>
        </Stat>
      </StatRow>
      {annotatorsLeftOut > 0 ? (
        <Notice>
          These are the {format.count(annotators.length)} with the most labels;{" "}
          {format.counted(annotatorsLeftOut, "other")} {annotatorsLeftOut === 1 ? "is" : "are"} left out.
        </Notice>
      ) : null}
      {outside > 0 ? (
        <Notice>
          {format.counted(outside, "label")} {outside === 1 ? "has a value" : "have values"} of an older
          schema,{" "}
          {metric === "nominal"
            ? `counted as ${outside === 1 ? "a value of its" : "values of their"} own.`
            : "which has no place in the order: alpha and kappa leave them out."}
        </Notice>
      ) : null}
      <AgreementMatrix annotators={annotators} pairs={pairs} weights={weights} nameOf={nameOf} />
      <AgreementOptions label={label} options={perOption} />
    </div>
  );
}
