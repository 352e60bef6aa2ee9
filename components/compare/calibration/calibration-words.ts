import type { Calibration, RecalibrationAttempt } from "@/contracts/calibration";

type Format = {
  count: (value: number) => string;
  counted: (value: number, one: string) => string;
  decimal: (value: number, digits?: number) => string;
  share: (value: number) => string;
  range: (low: number, high: number) => string;
};
type Recalibration = NonNullable<Calibration["recalibration"]>;

/** What says whether a label is right. */
export function truthWords(truth: string): string {
  if (truth === "blind") return "first verdicts by people who had not seen the label";
  if (truth === "verified") return "verdicts given one by one";
  return truth.slice("metadata:".length);
}

/** Whether confidence says too much or too little, in a sentence; as far as the interval of the accuracy tells. */
export function leaningWords(
  { meanConf, accuracy, interval }: Pick<Calibration, "meanConf" | "accuracy" | "interval">,
  format: Format,
): string {
  if (meanConf === null || accuracy === null || interval === null) return "";
  const said = `It says ${format.share(meanConf)} on average and is right in ${format.share(accuracy)}`;
  const range = `(${format.range(...interval)})`;
  if (meanConf > interval[1]) return `${said} ${range}: it is too sure.`;
  if (meanConf < interval[0]) return `${said} ${range}: it is not sure enough.`;
  return `${said} ${range}: on average neither too sure nor too unsure, as far as these labels show.`;
}

/** What a temperature on the probabilities of the options would bring. */
export function temperatureWords({ temperature }: Recalibration, format: Format): string {
  const { fit } = temperature;
  if (!fit) return `No temperature: ${whyNot(temperature, format)}`;
  return gainWords(`Temperature ${format.decimal(fit.T, 2)}`, fit, temperature.n, format);
}

/** What isotonic regression on the confidence would bring. */
export function isotonicWords({ isotonic }: Recalibration, format: Format): string {
  const { fit } = isotonic;
  if (!fit) return `No isotonic regression: ${whyNot(isotonic, format)}`;
  return gainWords("Isotonic regression", fit, isotonic.n, format);
}

function gainWords(
  what: string,
  { eceBefore, eceAfter, logLossBefore, logLossAfter }: NonNullable<RecalibrationAttempt["fit"]>,
  n: number,
  format: Format,
): string {
  const on = `by cross-validation on ${format.counted(n, "label")}`;
  const loss = `log-loss ${format.decimal(logLossBefore, 3)} to ${format.decimal(logLossAfter, 3)}`;
  const [before, after] = [format.share(eceBefore), format.share(eceAfter)];
  return eceAfter < eceBefore && logLossAfter < logLossBefore
    ? `${what} would bring the calibration error from ${before} to ${after}, ${on} (${loss}).`
    : `${what} would not help: the calibration error is ${before} without it and ${after} with it, ${on} (${loss}).`;
}

function whyNot({ reason, n, needs }: RecalibrationAttempt, format: Format): string {
  switch (reason) {
    case "too_few":
      return `it needs ${format.counted(needs, "label")} whose truth is known and has ${format.count(n)}.`;
    case "no_probabilities":
      return "it needs the probability of each option, which only labels with one option and log-probabilities have.";
    case "all_right":
      return "all of these labels are right, so that nothing says how sure is too sure.";
    case "all_wrong":
      return "all of these labels are wrong, so that no confidence would be right.";
    default:
      return "no single one fits these probabilities best.";
  }
}
