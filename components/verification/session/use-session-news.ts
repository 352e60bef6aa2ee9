"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import type { ListOf } from "@/contracts/common";
import type { Session, SessionItem, SessionNews } from "@/contracts/sessions";
import { useTRPC } from "@/trpc/client";

/**
 * Keeps the session's figures, and the rows whose live room isn't open here, as the server's stream says.
 * Rows change in place; none goes, and those that were added come at the end.
 */
export function useSessionNews(project: string, id: string): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onData = ({ changes, chunks, ...figures }: SessionNews) => {
    const key = trpc.sessions.get.queryKey({ project, id });
    const known = queries.getQueryData<Session>(key);
    queries.setQueryData<Session>(key, (session) => session && { ...session, ...figures });
    // Labels were added, and with them live rooms.
    if (known && known.rooms.length < chunks) void queries.invalidateQueries({ queryKey: key });
    const rows = trpc.sessions.items.infiniteQueryFilter();
    // What was hidden while it was open can be seen now.
    if (known && known.state !== figures.state && hides(known)) void queries.invalidateQueries(rows);
    if (changes.length === 0) return;
    const byLabel = new Map(changes.map((change) => [change.annotationId, change]));
    queries.setQueriesData<InfiniteData<ListOf<SessionItem>>>(
      rows,
      (data) => data && { ...data, pages: data.pages.map((page) => withChanges(page, byLabel)) },
    );
  };
  useSubscription(trpc.sessions.follow.subscriptionOptions({ project, id }, { onData }));
}

const hides = ({ mode, counts }: Session): boolean => mode === "independent" || counts.blind > 0;

type Changes = ReadonlyMap<string, SessionNews["changes"][number]>;

/** The same page when nothing on it changed, so that nothing is drawn anew. */
function withChanges(page: ListOf<SessionItem>, changes: Changes): ListOf<SessionItem> {
  if (!page.items.some((item) => changes.has(item.annotationId))) return page;
  return {
    ...page,
    items: page.items.map((item) => {
      const news = changes.get(item.annotationId);
      if (!news) return item;
      const { revealed, ...change } = news;
      return { ...item, ...change, ...revealed };
    }),
  };
}
