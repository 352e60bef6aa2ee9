import type pg from "pg";
import { type ExportInput, exportInput } from "@/contracts/exports";
import type { ProjectActor } from "@/server/modules/access";
import { openExport } from "@/server/modules/exports";
import type { Db } from "@/server/platform/db";
import { watchMemory } from "./watch-memory";

export type TimedExport = {
  milliseconds: number;
  firstByte: number;
  bytes: number;
  /** Megabytes: the most that the process held. */
  peak: number;
};

/** Reads an export to its end, as fast as it comes, and throws it away. */
export async function timeExport(
  databases: { db: Db; pool: pg.Pool },
  member: ProjectActor,
  asked: Pick<ExportInput, "kind" | "format"> & Partial<Pick<ExportInput, "snapshot">>,
): Promise<TimedExport> {
  const memory = watchMemory();
  const encoder = new TextEncoder();
  const started = performance.now();
  let firstByte = 0;
  let bytes = 0;
  const { signal } = new AbortController();
  const file = await openExport(databases, member, exportInput.parse(asked), { signal });
  for await (const chunk of file.chunks) {
    firstByte ||= performance.now() - started;
    bytes += (typeof chunk === "string" ? encoder.encode(chunk) : chunk).byteLength;
  }
  return { milliseconds: performance.now() - started, firstByte, bytes, peak: memory.stop().peak };
}
