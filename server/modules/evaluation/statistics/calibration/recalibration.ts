import { crossFit } from "./cross-fit";
import { calibrate, fitIsotonic } from "./isotonic";
import { logLoss } from "./log-loss";
import { type BinKind, expectedCalibrationError, reliabilityBins } from "./reliability-bins";
import type { ScoredRow } from "./scored-row";
import { atTemperature, fitTemperature, type OptionRow } from "./temperature";

const TEMPERATURE_ROWS = 50;
const ISOTONIC_ROWS = 200;

/** A row with what recalibration needs. */
export type CalibrationRow = ScoredRow & {
  /** Folds are drawn by it. */
  recordId: string;
  /** Null where the label has no probabilities of its options, or no single true one. */
  options: Pick<OptionRow, "probabilities" | "given" | "truth"> | null;
};

/** Calibration error and log-loss as they are, and as they would be, each row judged by what others have taught. */
type BeforeAfter = {
  eceBefore: number;
  eceAfter: number;
  logLossBefore: number;
  logLossAfter: number;
};

/** `all_right`, `all_wrong`: nothing to learn; `no_optimum`: no temperature between the lowest and the highest is best. */
type NotFitted = "too_few" | "no_probabilities" | "all_right" | "all_wrong" | "no_optimum";

type Attempt<Fit> = {
  /** Rows that it can rest on, and how many it needs. */
  n: number;
  needs: number;
  fit: Fit | null;
  reason: NotFitted | null;
};

export type Recalibration = {
  temperature: Attempt<BeforeAfter & { T: number }>;
  isotonic: Attempt<BeforeAfter>;
};

/** What a temperature on the option probabilities, or isotonic regression on confidence, would bring. */
export function tryRecalibration(rows: readonly CalibrationRow[], kind: BinKind): Recalibration {
  return { temperature: tryTemperature(rows, kind), isotonic: tryIsotonic(rows, kind) };
}

type RowWithOptions = CalibrationRow & OptionRow;

function tryTemperature(rows: readonly CalibrationRow[], kind: BinKind): Recalibration["temperature"] {
  const known = rows.flatMap((row): RowWithOptions[] => (row.options ? [{ ...row, ...row.options }] : []));
  const base = { n: known.length, needs: TEMPERATURE_ROWS, fit: null };
  if (known.length === 0) return { ...base, reason: "no_probabilities" };
  const reason = whyNot(known, TEMPERATURE_ROWS);
  if (reason) return { ...base, reason };
  const T = fitTemperature(known);
  if (T === null) return { ...base, reason: "no_optimum" };
  const after = crossFit(
    known,
    (others) => fitTemperature(others, T),
    (temperature, { probabilities, given }) => atTemperature(probabilities, temperature)[given] ?? 0,
  );
  if (after === null) return { ...base, reason: "no_optimum" };
  const before = known.map(({ probabilities, given }) => atTemperature(probabilities, 1)[given] ?? 0);
  return { ...base, reason: null, fit: { T, ...beforeAfter(known, before, after, kind) } };
}

function tryIsotonic(rows: readonly CalibrationRow[], kind: BinKind): Recalibration["isotonic"] {
  const base = { n: rows.length, needs: ISOTONIC_ROWS, fit: null };
  const reason = whyNot(rows, ISOTONIC_ROWS);
  const after = reason ? null : crossFit(rows, fitIsotonic, (curve, { conf }) => calibrate(curve, conf));
  if (after === null) return { ...base, reason: reason ?? "too_few" };
  const before = rows.map(({ conf }) => conf);
  return { ...base, reason: null, fit: beforeAfter(rows, before, after, kind) };
}

function whyNot(rows: readonly ScoredRow[], needs: number): NotFitted | null {
  if (rows.length < needs) return "too_few";
  if (rows.every(({ correct }) => correct)) return "all_right";
  return rows.some(({ correct }) => correct) ? null : "all_wrong";
}

function beforeAfter(
  rows: readonly ScoredRow[],
  before: readonly number[],
  after: readonly number[],
  kind: BinKind,
): BeforeAfter {
  const withConf = (confs: readonly number[]) =>
    rows.map(({ correct, weight }, at): ScoredRow => ({ correct, weight, conf: confs[at] ?? 0 }));
  const [old, recalibrated] = [withConf(before), withConf(after)];
  const ece = (them: readonly ScoredRow[]) => expectedCalibrationError(reliabilityBins(them, kind));
  return {
    eceBefore: ece(old),
    eceAfter: ece(recalibrated),
    logLossBefore: logLoss(old),
    logLossAfter: logLoss(recalibrated),
  };
}
