"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { RecordRow } from "@/contracts/records";
import { useTRPC, useTRPCClient } from "@/trpc/client";

/** Records that one request reads. */
const MAX_READ = 1000;

/** What a row of the table shows. */
export const include: ("annotations" | "verifications" | "metadata")[] = [
  "annotations",
  "verifications",
  "metadata",
];

/** Reads records anew after they were changed. */
export function useFreshRecords(project: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  return {
    async read(ids: readonly string[]): Promise<Map<string, RecordRow>> {
      const fresh = new Map<string, RecordRow>();
      for (let from = 0; from < ids.length; from += MAX_READ) {
        const part = ids.slice(from, from + MAX_READ);
        const { items } = await client.records.search.query({
          project,
          query: { ids: part },
          limit: MAX_READ,
          include,
        });
        for (const item of items) fresh.set(item.id, item);
      }
      return fresh;
    },
    /** All that is shown beside the rows: one record in full, its history, and who labels here. */
    async around(): Promise<void> {
      const { get, history, annotators } = trpc.records;
      await Promise.all(
        [get.pathKey(), history.pathKey(), annotators.pathKey()].map((queryKey) =>
          cache.invalidateQueries({ queryKey }),
        ),
      );
    },
  };
}
