import type { AggregationPolicy } from "@/contracts/aggregation";

export const policyWords: Record<AggregationPolicy, { name: string; hint: string }> = {
  "verified-first": {
    name: "Verified first",
    hint: "A person's latest verdict; where nobody decided, what most annotators gave.",
  },
  majority: {
    name: "Majority",
    hint: "What most annotators gave, verdicts aside. A tie stays a tie.",
  },
};
