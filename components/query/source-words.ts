import type { QueryNames } from "@/contracts/query-text";
import { readQuery } from "@/contracts/read-query";
import type { RecordSource } from "@/contracts/record-source";
import { printQuery } from "./query-text";

/** "held-out", `conf < 0.9`, or both; empty where neither narrowed the records. */
export function sourceWords({ subset, query }: RecordSource, names?: QueryNames): string {
  const text = query === null ? "" : printQuery(readQuery(query).query, names);
  return [subset?.name ?? "", text].filter((words) => words !== "").join(", ");
}
