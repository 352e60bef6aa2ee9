"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { z } from "zod";
import { type AggregationPolicy, aggregationPolicy, type VotingVersions } from "@/contracts/aggregation";
import { id } from "@/contracts/common";

export type FinalLabelsAddress = {
  label: string | null;
  policy: AggregationPolicy;
  /** Whose labels count; null: everybody's. */
  annotators: string[] | null;
  versions: VotingVersions;
};

const ids = z.array(id).min(1).max(1000);

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
  };
}

function print({ label, policy, annotators, versions }: FinalLabelsAddress): string {
  const params = new URLSearchParams();
  if (label !== null) params.set("label", label);
  if (policy !== "verified-first") params.set("policy", policy);
  if (annotators) params.set("who", annotators.join(","));
  if (versions === "every") params.set("versions", versions);
  return params.toString();
}
