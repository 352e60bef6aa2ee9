import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { AggregationModel, AggregationPolicy } from "@/contracts/aggregation";
import { AnnotatorFigures } from "./annotator-figures";

const label = { name: "tone", level: "record" as const, options: [{ value: "pos", text: "positive" }] };
const annotator = (id: string, part: Partial<AggregationModel["annotators"][number]> = {}) => ({
  ...{ id, name: `Job ${id}`, votes: 12, weight: null, accuracy: 0.875, trust: null, confusion: null },
  ...part,
});
const model: AggregationModel = {
  annotators: [annotator("a"), annotator("b"), annotator("c")],
  logLikelihood: -12.5,
  iterations: 7,
  converged: true,
  families: [],
};

const told = (given: AggregationModel, policy: AggregationPolicy, smoothing: number | null = null) =>
  renderToStaticMarkup(
    <TooltipProvider>
      <AnnotatorFigures model={given} policy={policy} smoothing={smoothing} label={label} />
    </TooltipProvider>,
  )
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

it("tells each annotator's figures with n, as the policy has them", () => {
  expect(told(model, "dawid-skene")).toContain("Job a 12 87.5%");
  expect(told(model, "dawid-skene")).not.toContain("Trust");
  expect(told(model, "dawid-skene", 0.01)).toContain("after 7 steps, smoothed by 0.01 votes a cell.");
  const trusted = { ...model, annotators: [annotator("a", { trust: 0.5 })] };
  expect(told(trusted, "mace")).toContain("Job a 12 50.0% 87.5%");
  const weighed = {
    ...model,
    annotators: [annotator("a", { weight: 2.5, accuracy: null })],
    logLikelihood: null,
  };
  expect(told(weighed, "weighted")).toContain("Job a 12 2.50");
  expect(told(weighed, "weighted")).not.toContain("Estimated");
});

it("says whose models are of one family, and when too few are independent", () => {
  const families = [{ family: "gpt", annotators: ["a", "b"] }];
  expect(told({ ...model, families }, "mace")).toContain(
    "Job a, Job b: on each record these jobs counted as one",
  );
  expect(told({ ...model, families }, "mace")).toContain("Fewer than three independent annotators");
  expect(told({ ...model, families }, "weighted")).not.toContain("Fewer than three");
  expect(told(model, "mace")).not.toContain("Fewer than three");
});

it("shows what an annotator is estimated to give for each truth", () => {
  const confused = {
    ...model,
    annotators: [annotator("a", { confusion: { pos: { pos: 0.75, "[]": 0.25 } } })],
  };
  expect(told(confused, "mace")).toContain("positive 75.0% 25.0%");
});
