import type { AggregationPolicy } from "@/contracts/aggregation";

type PolicyWords = {
  name: string;
  /** Behind the name of a label. */
  inTitle: string;
  /** What it does, and when to use it. */
  hint: string;
};

export const policyWords: Record<AggregationPolicy, PolicyWords> = {
  "verified-first": {
    name: "Verified first",
    inTitle: "verified first",
    hint: "What was reconciled, else a person's latest verdict; where nobody decided, a label that was accepted unread, else what most annotators gave.",
  },
  majority: {
    name: "Majority",
    inTitle: "majority",
    hint: "What was reconciled, else what most annotators gave, verdicts aside. A tie stays a tie.",
  },
  weighted: {
    name: "Weighted",
    inTitle: "weighted",
    hint: "As by majority, with votes that count as much as you say: when you know whom to trust more.",
  },
  "dawid-skene": {
    name: "Dawid–Skene",
    inTitle: "Dawid–Skene",
    hint: "Estimates what each annotator takes for what, and weighs their labels by it: with three or more on many records.",
  },
  mace: {
    name: "MACE",
    inTitle: "MACE",
    hint: "Estimates who knows and who guesses: when some may be careless, or each labelled few records.",
  },
};
