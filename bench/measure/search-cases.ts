import type { Query, SortKey } from "@/contracts/query";
import type { MillionRecords } from "./million-records";

export type SearchCase = {
  name: string;
  query?: Query;
  sort?: SortKey[];
  /** By default the first. */
  page?: "first" | "tenth" | "last";
  total?: "exact" | "fast";
  /** Records on the page, by default 50. */
  limit?: number;
  /** Measured for the report alone. */
  withoutGoal?: boolean;
};

/** What is asked of a million records. */
export function searchCases(world: MillionRecords): SearchCase[] {
  return [...pages(), ...predicates(world), ...trees(world), ...sorts(world), ...forTheReport(world)];
}

const pages = (): SearchCase[] => [
  { name: "every record" },
  { name: "every record", page: "tenth" },
  { name: "every record", page: "last" },
  { name: "every record, 1,000 on a page", limit: 1000, withoutGoal: true },
];

function predicates(world: MillionRecords): SearchCase[] {
  const { probabilityJob: job, verbalisedJob, staticSubset, liveSubset } = world;
  const label = "sentiment";
  const byJob = { label, annotators: [job] };
  const cases: Record<string, Query> = {
    "keyword in most texts": { keyword: "flight" },
    "keyword in one of 150": { keyword: "luggage" },
    "keyword in one of 600": { keyword: "upgrade" },
    "keyword of one text": { keyword: "#9e3779b1" },
    "keyword of no text": { keyword: "cancelled" },
    "keyword, case-sensitive": { keyword: "Luggage", caseSensitive: true },
    "keyword of two letters, frequent": { keyword: "fl" },
    "keyword of two letters, in no text": { keyword: "qx" },
    "words of one text in 150, best first": { fullText: "luggage" },
    "an expression with a rare text in it": { regex: "\\bluggage\\b" },
    "external ids": {
      externalIds: Array.from({ length: 100 }, (_, at) => `tweet-${String(at * 7919).padStart(9, "0")}`),
    },
    "metadata == text": { metadata: { name: "airline", op: "==", value: "Airline A0" } },
    "metadata == absent text": { metadata: { name: "airline", op: "==", value: "none" } },
    "metadata == boolean": { metadata: { name: "verified", op: "==", value: true } },
    "metadata < number, few": { metadata: { name: "price", op: "<", value: 0.5 } },
    "metadata < number, half": { metadata: { name: "price", op: "<", value: 500 } },
    "metadata >= text": { metadata: { name: "airline", op: ">=", value: "Airline Z9" } },
    "metadata exists": { metadata: { name: "price", op: "exists" } },
    "metadata absent": { metadata: { name: "price", op: "exists", value: false } },
    "label == of a job": { label: { name: label, op: "==", value: "pos", annotators: [job] } },
    "label == of anybody": { label: { name: label, op: "==", value: "pos" } },
    "label == that nobody chose": { label: { name: label, op: "==", value: "mixed" } },
    "label !=": { label: { name: label, op: "!=", value: "neg" } },
    "label exists": { label: { name: label, op: "exists" } },
    "label missing": { label: { name: label, op: "missing" } },
    "label conflicts": { label: { name: label, op: "conflicts" } },
    "conf < 0.9": { labelMetadata: { ...byJob, name: "conf", op: "<", value: 0.9 } },
    "conf < 0.301": { labelMetadata: { ...byJob, name: "conf", op: "<", value: 0.301 } },
    "conf == 0.9": {
      labelMetadata: { label, annotators: [verbalisedJob], name: "conf", op: "==", value: 0.9 },
    },
    "conf of anybody < 0.301": { labelMetadata: { label, name: "conf", op: "<", value: 0.301 } },
    verified: { verification: { label, mode: "VERIFIED" } },
    "verified of a job": { verification: { label, mode: "VERIFIED", jobIds: [job] } },
    "verified of the other job": { verification: { label, mode: "VERIFIED", jobIds: [verbalisedJob] } },
    "unverified of a job": { verification: { label, mode: "UNVERIFIED", jobIds: [job] } },
    "verdict CORRECTS": { verification: { label, mode: "ALL", status: "CORRECTS" } },
    annotator: { annotator: [job] },
    "annotator without labels": { annotator: [world.projectId] },
    "static subset": { subset: staticSubset },
    "live subset": { subset: liveSubset },
    "createdAt, last day": { createdAt: { op: ">=", value: "2026-01-05T00:00:00.000Z" } },
    "createdAt, one moment": { createdAt: { op: "==", value: "2026-01-04T03:00:00.000Z" } },
    "createdAt, before all": { createdAt: { op: "<", value: "2025-01-01T00:00:00.000Z" } },
  };
  return Object.entries(cases).map(([name, query]) => ({ name, query }));
}

function trees({ probabilityJob: job, verbalisedJob, staticSubset }: MillionRecords): SearchCase[] {
  const conf = (op: "<" | ">", value: number, by: string): Query => ({
    labelMetadata: { label: "sentiment", name: "conf", op, value, annotators: [by] },
  });
  const unverified: Query = { verification: { label: "sentiment", mode: "UNVERIFIED", jobIds: [job] } };
  const byConf: SortKey[] = [{ by: "conf", label: "sentiment", annotator: job, order: "asc" }];
  const doubtful: Query = {
    and: [
      { label: { name: "sentiment", op: "==", value: "pos", annotators: [job] } },
      conf("<", 0.6, job),
      unverified,
      { keyword: "luggage" },
    ],
  };
  const either: Query = {
    or: [
      { and: [{ keyword: "delayed" }, { not: { metadata: { name: "price", op: "<", value: 900 } } }] },
      { and: [{ subset: staticSubset }, conf("<", 0.4, job)] },
      { label: { name: "sentiment", op: "missing" } },
    ],
  };
  const disputed: Query = {
    and: [
      { label: { name: "sentiment", op: "conflicts", annotators: [job, verbalisedJob] } },
      conf(">", 0.9, verbalisedJob),
      { not: { subset: staticSubset } },
      { metadata: { name: "verified", op: "==", value: true } },
    ],
  };
  return [
    { name: "tree: doubtful, unverified, keyword", query: doubtful },
    { name: "tree: the same by confidence", query: doubtful, sort: byConf },
    {
      name: "tree: unverified by confidence",
      query: { and: [unverified, conf("<", 0.8, job)] },
      sort: byConf,
    },
    { name: "tree: or, not, subset, missing", query: either },
    { name: "tree: disputed and sure", query: disputed },
    { name: "tree: disputed and sure", query: disputed, page: "last" },
  ];
}

function sorts({ probabilityJob, verbalisedJob }: MillionRecords): SearchCase[] {
  const keys: Record<string, Omit<SortKey, "order">> = {
    position: { by: "position" },
    externalId: { by: "externalId" },
    createdAt: { by: "createdAt" },
    "probable conf": { by: "conf", label: "sentiment", annotator: probabilityJob },
    "verbalised conf": { by: "conf", label: "sentiment", annotator: verbalisedJob },
    "metadata number": { by: "metadata.price" },
    "metadata text": { by: "metadata.airline" },
    "metadata boolean": { by: "metadata.verified" },
  };
  return Object.entries(keys).flatMap(([name, key]) =>
    (["asc", "desc"] as const).flatMap((order) =>
      (["first", "tenth", "last"] as const).map((page) => ({
        name: `by ${name} ${order}`,
        sort: [{ ...key, order }],
        page,
      })),
    ),
  );
}

const forTheReport = ({ probabilityJob }: MillionRecords): SearchCase[] => [
  { name: "regex of many", query: { regex: "del[a-z]+ed" }, withoutGoal: true },
  { name: "regex of few", query: { regex: "#9e37\\d+b1" }, withoutGoal: true },
  { name: "full text", query: { fullText: "flight delayed" }, withoutGoal: true },
  { name: "total=exact, every record", total: "exact", withoutGoal: true },
  { name: "total=exact, keyword", query: { keyword: "flight" }, total: "exact", withoutGoal: true },
  {
    name: "total=exact, label of a job",
    query: { label: { name: "sentiment", op: "==", value: "neg", annotators: [probabilityJob] } },
    total: "exact",
    withoutGoal: true,
  },
];
