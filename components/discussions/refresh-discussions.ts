import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { DiscussionNews } from "@/contracts/discussions";
import type { useTRPC } from "@/trpc/client";

type Trpc = ReturnType<typeof useTRPC>;

const keyInput = z.object({
  input: z.object({ recordId: z.string().optional(), recordIds: z.array(z.string()).optional() }),
});

/** Whether a kept answer is about any of these records; one that names none is about all. */
function isAbout(queryKey: readonly unknown[], recordIds: ReadonlySet<string>): boolean {
  const { data } = keyInput.safeParse(queryKey[1]);
  const { recordId, recordIds: several } = data?.input ?? {};
  if (recordId !== undefined) return recordIds.has(recordId);
  return several === undefined || several.some((id) => recordIds.has(id));
}

/**
 * Reads anew what is on screen about records of which something was said; null: about any. What is not on screen is
 * read when it is shown.
 */
export async function refreshDiscussions(
  queries: QueryClient,
  trpc: Trpc,
  recordIds: readonly string[] | null,
): Promise<void> {
  const wanted = recordIds && new Set(recordIds);
  const { comments, counts, flags } = trpc.discussions;
  await Promise.all(
    [comments, counts, flags].map((route) =>
      queries.invalidateQueries({
        ...route.pathFilter(),
        predicate: ({ queryKey }) => wanted === null || isAbout(queryKey, wanted),
      }),
    ),
  );
}

/** Takes a message of the project's stream over. */
export async function takeNews(
  queries: QueryClient,
  trpc: Trpc,
  project: string,
  { unread, recordIds }: DiscussionNews,
): Promise<void> {
  const key = trpc.discussions.unread.queryKey({ project });
  const before = queries.getQueryData(key)?.unread;
  queries.setQueryData(key, { unread });
  if (before !== unread) await queries.invalidateQueries(trpc.discussions.inbox.pathFilter());
  if (recordIds === null || recordIds.length > 0) await refreshDiscussions(queries, trpc, recordIds);
}
