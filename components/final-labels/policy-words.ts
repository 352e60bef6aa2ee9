import type { AggregationPolicy } from "@/contracts/aggregation";

export const policyWords: Record<AggregationPolicy, { name: string; hint: string }> = {
  "verified-first": {
    name: "Verified first",
    hint: "What was reconciled, else a person's latest verdict; where nobody decided, what most annotators gave.",
  },
  majority: {
    name: "Majority",
    hint: "What was reconciled, else what most annotators gave, verdicts aside. A tie stays a tie.",
  },
};
