import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ReaderProvider } from "@/components/ui/reader";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { Agreement } from "@/contracts/agreement";
import { AgreementFigures } from "./agreement-figures";

const [ann, bo, job] = ["ann", "bo", "job"];
const pair = (a: string, b: string, more: Partial<Agreement["pairs"][number]>) => ({
  a,
  b,
  n: 120,
  agree: 101,
  kappa: 0.62,
  interval: [0.5, 0.73] as [number, number],
  reason: null,
  ...more,
});
const nothing = { n: 130, value: null, interval: null, reason: "unequal_raters" as const };
const agreement: Agreement = {
  asOf: "2026-01-01T00:00:00.000Z",
  label: "sentiment",
  basis: "unseen",
  metric: "nominal",
  weights: "none",
  n: 130,
  outside: 1,
  alpha: { n: 130, value: 0.7, interval: [0.61, 0.82], reason: null },
  fleiss: nothing,
  ac1: { n: 130, value: 1, interval: null, reason: "no_spread" },
  perOption: [
    { value: "pos", given: 77, alpha: { n: 130, value: -0.1, interval: [-0.3, 0.1], reason: null } },
  ],
  annotators: [
    { id: ann, name: "Ann", kind: "user", n: 125 },
    { id: bo, name: "Bo", kind: "user", n: 5 },
    { id: job, name: "Careful", kind: "job", n: 130 },
  ],
  annotatorsLeftOut: 2,
  pairs: [
    pair(ann, bo, { n: 0, agree: 0, kappa: null, interval: null, reason: "no_overlap" }),
    pair(ann, job, {}),
    pair(bo, job, { n: 5, agree: 5, kappa: 1, interval: null, reason: "too_few_records" }),
  ],
};
const shown = renderToStaticMarkup(
  <ReaderProvider locale="en" renderedAt={0}>
    <TooltipProvider>
      <AgreementFigures
        label={{ name: "sentiment", level: "record", options: [{ value: "pos", text: "positive" }] }}
        agreement={agreement}
        nameOf={(id) => `${id} v1`}
      />
    </TooltipProvider>
  </ReaderProvider>,
);
const words = shown.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

describe("the figures of agreement", () => {
  it("stand with their intervals and numbers, or with the reason", () => {
    expect(words).toContain("0.70 95% bootstrap interval (0.61–0.82) n = 130");
    expect(words).toContain("n/a : It needs the same number of labels on every record");
    expect(words).toContain("1.00 no interval : There is no interval: no drawing");
    expect(words).toMatch(/positive .*\(-0\.30–0\.10\) n = 130 77/);
    expect(words).toContain("These are the 3 with the most labels; 2 others are left out.");
    expect(words).toContain("1 label has a value of an older schema, counted as a value of its own.");
  });

  it("stand in the matrix twice, each with its number of records and in words", () => {
    const cell =
      "0.62 n = 120 ann v1 and job v1: 95% interval 0.50 to 0.73; the same value on 101 of 120 records";
    expect(words).toContain(cell);
    expect(words).toContain(cell.replace("ann v1 and job v1", "job v1 and ann v1"));
    expect(words).toContain("n/a : No record was labelled by two of them n = 0");
    expect(words).toContain("person, 125 records");
    expect([...shown.matchAll(/bg-accent\/(\d+)/g)].map(([, step]) => step)).toEqual([
      "20",
      "25",
      "20",
      "25",
    ]);
  });
});
