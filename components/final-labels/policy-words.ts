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
  weighted: {
    name: "Weighted",
    hint: "As by majority, but each vote counts what you say. When you know whom to trust more.",
  },
  "dawid-skene": {
    name: "Dawid–Skene",
    hint: "Estimates what each annotator confuses with what, and weighs their labels by it. With three or more annotators on many records.",
  },
  mace: {
    name: "MACE",
    hint: "Estimates who knows and who guesses. When some annotators may be careless, or each labelled few records.",
  },
};
