"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { z } from "zod";
import {
  type AggregationPolicy,
  aggregationPolicy,
  MAX_WEIGHT,
  type VotingVersions,
} from "@/contracts/aggregation";
import { id } from "@/contracts/common";

export type FinalLabelsAddress = {
  label: string | null;
  policy: AggregationPolicy;
  /** Whose labels count; null: everybody's. */
  annotators: string[] | null;
  versions: VotingVersions;
  /** What a vote counts under `weighted`, of those whose vote doesn't count 1. */
  weights: Record<string, number>;
  /** Whether the estimate of `dawid-skene` is smoothed. */
  smooth: boolean;
};

const ids = z.array(id).min(1).max(1000);
const weight = z.tuple([id, z.coerce.number().positive().max(MAX_WEIGHT)]);

/** What the address bar says of the snapshot to make, and a way to change it. */
export function useFinalLabelsAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const address = useMemo(() => read(new URLSearchParams(params)), [params]);
  const change = (part: Partial<FinalLabelsAddress>) => {
    const search = print({ ...read(new URLSearchParams(window.location.search)), ...part });
    window.history.replaceState(null, "", search === "" ? path : `${path}?${search}`);
  };
  return { address, change };
}

function read(params: URLSearchParams): FinalLabelsAddress {
  return {
    label: params.get("label"),
    policy: aggregationPolicy.safeParse(params.get("policy")).data ?? "verified-first",
    annotators: ids.safeParse(params.get("who")?.split(",")).data ?? null,
    versions: params.get("versions") === "every" ? "every" : "newest",
    weights: readWeights(params.get("weights") ?? ""),
    smooth: params.get("smooth") === "yes",
  };
}

/** `id:2,id:0.5`; what can't be read counts 1. */
function readWeights(text: string): Record<string, number> {
  const pairs = text.split(",").flatMap((pair) => {
    const { success, data } = weight.safeParse(pair.split(":"));
    return success ? [data] : [];
  });
  return Object.fromEntries(pairs);
}

function print({ label, policy, annotators, versions, weights, smooth }: FinalLabelsAddress): string {
  const params = new URLSearchParams();
  if (label !== null) params.set("label", label);
  if (policy !== "verified-first") params.set("policy", policy);
  if (annotators) params.set("who", annotators.join(","));
  if (versions === "every") params.set("versions", versions);
  const others = Object.entries(weights).filter(([, counts]) => counts !== 1);
  if (others.length > 0) params.set("weights", others.map((pair) => pair.join(":")).join(","));
  if (smooth) params.set("smooth", "yes");
  return params.toString();
}
