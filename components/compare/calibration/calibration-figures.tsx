"use client";

import dynamic from "next/dynamic";
import { Figure, useFormat } from "@/components/ui/figure";
import { Skeleton } from "@/components/ui/skeleton";
import { Stat, StatRow } from "@/components/ui/stat";
import type { Calibration } from "@/contracts/calibration";
import { BinsTable } from "./bins-table";
import { isotonicWords, leaningWords, temperatureWords } from "./calibration-words";

// Recharts is larger than all else on the page.
const ReliabilityDiagram = dynamic(
  () => import("./reliability-diagram").then((loaded) => loaded.ReliabilityDiagram),
  { ssr: false, loading: () => <Skeleton className="h-72 w-full" /> },
);

/** How far confidence can be believed, and what recalibrating would bring. */
export function CalibrationFigures({ result, name }: { result: Calibration; name: string }) {
  const format = useFormat();
  const { bins, ece, eceByChance, brier, logLoss, auroc, n, recalibration } = result;
  return (
    <div className="flex flex-col gap-6">
      <p className="max-w-prose">{leaningWords(result, format)}</p>
      <StatRow>
        <Stat label="Calibration error" note={`by chance alone ${format.share(eceByChance ?? 0)}`}>
          <Figure value={ece} as="share" />
        </Stat>
        <Stat
          label="Brier score"
          note={
            brier
              ? `reliability ${format.decimal(brier.reliability, 3)}, resolution ${format.decimal(brier.resolution, 3)}, uncertainty ${format.decimal(brier.uncertainty, 3)}`
              : undefined
          }
        >
          <Decimal value={brier?.score ?? null} digits={3} />
        </Stat>
        <Stat label="Log-loss" note="nats">
          <Decimal value={logLoss} digits={3} />
        </Stat>
        <Stat label="AUROC" note="0.5 tells right from wrong no better than chance">
          <Figure value={auroc} as="decimal" reason="All of these labels are right, or all are wrong" />
        </Stat>
        <Stat label="Labels" note="whose truth is known">
          <Figure value={n} />
        </Stat>
      </StatRow>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
        <ReliabilityDiagram bins={bins} />
        <BinsTable bins={bins} name={name} />
      </div>
      {recalibration ? (
        <div className="max-w-prose">
          <h3 className="font-medium">If it were recalibrated</h3>
          <p className="mt-1">{temperatureWords(recalibration, format)}</p>
          <p className="mt-1">{isotonicWords(recalibration, format)}</p>
        </div>
      ) : null}
    </div>
  );
}

function Decimal({ value, digits }: { value: number | null; digits: number }) {
  const format = useFormat();
  return value === null ? (
    <Figure value={null} />
  ) : (
    <span className="tabular">{format.decimal(value, digits)}</span>
  );
}
