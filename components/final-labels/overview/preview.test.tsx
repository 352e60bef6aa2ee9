import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { AggregationCounts } from "@/contracts/aggregation";
import { Preview } from "./preview";

const label = { name: "tone", level: "record" as const, options: [{ value: "pos", text: "positive" }] };
const none = { decided: 0, verified: 0, reconciled: 0, accepted: 0, differing: 0, distribution: {} };

const told = (counts: Pick<AggregationCounts, "records" | "ties">) =>
  renderToStaticMarkup(
    <TooltipProvider>
      <Preview label={label} preview={{ estimate: null, counts: { ...none, ...counts }, changes: null }} />
    </TooltipProvider>,
  ).replace(/<[^>]*>/g, " ");

it("says of one record and of several that they get no value", () => {
  expect(told({ records: 30, ties: 1 })).toContain("1 of 30 records gets no value");
  expect(told({ records: 30, ties: 1 })).toContain("It stands in the snapshot");
  expect(told({ records: 30, ties: 2 })).toContain("2 of 30 records get no value");
  expect(told({ records: 1, ties: 1 })).toContain("1 of 1 record gets no value");
  expect(told({ records: 30, ties: 0 })).not.toContain("no value");
});
