import { describe, expect, it } from "vitest";
import { isotonicWords, leaningWords, temperatureWords } from "./calibration-words";

const format = {
  count: (value: number) => `${value}`,
  counted: (value: number, one: string) => `${value} ${one}${value === 1 ? "" : "s"}`,
  decimal: (value: number, digits = 2) => value.toFixed(digits),
  share: (value: number) => `${(100 * value).toFixed(1)} %`,
  range: (low: number, high: number) => `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}`,
};
const gain = { eceBefore: 0.071, eceAfter: 0.023, logLossBefore: 0.41, logLossAfter: 0.325 };
const words = (fit: typeof gain) => {
  const temperature = { n: 412, needs: 50, reason: null, fit: { ...fit, T: 1.8 } };
  return temperatureWords({ temperature, isotonic: { n: 412, needs: 200, reason: null, fit } }, format);
};

describe("what recalibrating would bring", () => {
  it("says so only where both the error and the log-loss fall", () => {
    expect(words(gain)).toBe(
      "Temperature 1.80 would bring the calibration error from 7.1 % to 2.3 %, by cross-validation on 412 labels (log-loss 0.410 to 0.325).",
    );
    expect(words({ ...gain, eceAfter: 0.08 })).toMatch(/^Temperature 1.80 would not help: .* 7.1 % .* 8.0 %/);
    expect(words({ ...gain, logLossAfter: 0.42 })).toContain("would not help");
  });

  it("says how many labels are needed, and why there is none", () => {
    const told = (reason: "too_few" | "no_probabilities" | "all_right" | "all_wrong" | "no_optimum") => {
      const none = { n: 1, needs: 200, fit: null, reason };
      const recalibration = { temperature: none, isotonic: none };
      return [temperatureWords(recalibration, format), isotonicWords(recalibration, format)];
    };
    expect(told("too_few")).toEqual([
      "No temperature: it needs 200 labels whose truth is known and has 1.",
      "No isotonic regression: it needs 200 labels whose truth is known and has 1.",
    ]);
    const others = (["no_probabilities", "all_right", "all_wrong", "no_optimum"] as const).map(
      (reason) => told(reason)[0],
    );
    expect(new Set(others).size).toBe(4);
  });
});

describe("which way confidence leans", () => {
  it("is told as far as the interval of the accuracy shows it", () => {
    const of = (meanConf: number) =>
      leaningWords({ meanConf, accuracy: 0.8, interval: [0.75, 0.85] }, format);
    expect(of(0.9)).toBe("It says 90.0 % on average and is right in 80.0 % (75.0–85.0): it is too sure.");
    expect(of(0.7)).toContain("not sure enough");
    expect(of(0.84)).toContain("neither too sure nor too unsure");
    expect(leaningWords({ meanConf: null, accuracy: null, interval: null }, format)).toBe("");
  });
});
