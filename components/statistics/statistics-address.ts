import { z } from "zod";
import { id } from "@/contracts/common";
import type { LabelDistribution } from "@/contracts/project-statistics";

/** What the page is narrowed to; null: to nothing. */
export type StatisticsAddress = {
  label: string | null;
  subsetId: string | null;
  /** Whose labels and verdicts are counted. */
  who: string | null;
  /** Days in UTC, both included. */
  from: string | null;
  to: string | null;
  by: LabelDistribution["by"];
};

const DAY = 86_400_000;
const bySchema = z.enum(["annotator", "job", "policy"]);
const daySchema = z.iso.date().refine((day) => !day.startsWith("0000"));

/** Reads the address; a part that makes no sense is as if left out. */
export function readStatisticsAddress(params: URLSearchParams): StatisticsAddress {
  const read = <T>(name: string, schema: z.ZodType<T>): T | null =>
    schema.safeParse(params.get(name)).data ?? null;
  return {
    label: params.get("label"),
    subsetId: read("subset", id),
    who: read("who", id),
    from: read("from", daySchema),
    to: read("to", daySchema),
    by: read("by", bySchema) ?? "job",
  };
}

/** The part after `?`, empty when nothing is chosen. */
export function printStatisticsAddress({ label, subsetId, who, from, to, by }: StatisticsAddress): string {
  const params = new URLSearchParams();
  const given = { label, subset: subsetId, who, from, to, by: by === "job" ? null : by };
  for (const [name, value] of Object.entries(given)) if (value) params.set(name, value);
  return params.toString();
}

/** The filters as the procedures take them. A span of days that ends before it begins is none. */
export function filterOf({ subsetId, who, from, to }: StatisticsAddress) {
  const isSpan = from === null || to === null || from <= to;
  return {
    ...(subsetId ? { subsetId } : {}),
    ...(who ? { annotators: [who] } : {}),
    ...(from && isSpan ? { since: `${from}T00:00:00.000Z` } : {}),
    ...(to && isSpan ? { until: new Date(Date.parse(to) + DAY).toISOString() } : {}),
  };
}
