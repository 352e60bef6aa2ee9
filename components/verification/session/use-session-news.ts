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
    if (changes.length === 0) return;
    const verdicts = new Map(changes.map((change) => [change.annotationId, change.verdict]));
    queries.setQueriesData<InfiniteData<ListOf<SessionItem>>>(
      trpc.sessions.items.infiniteQueryFilter(),
      (data) => data && { ...data, pages: data.pages.map((page) => withVerdicts(page, verdicts)) },
    );
  };
  useSubscription(trpc.sessions.follow.subscriptionOptions({ project, id }, { onData }));
}

type Verdicts = ReadonlyMap<string, SessionItem["verdict"]>;

/** The same page when nothing on it changed, so that nothing is drawn anew. */
function withVerdicts(page: ListOf<SessionItem>, verdicts: Verdicts): ListOf<SessionItem> {
  if (!page.items.some((item) => verdicts.has(item.annotationId))) return page;
  return {
    ...page,
    items: page.items.map((item) =>
      verdicts.has(item.annotationId) ? { ...item, verdict: verdicts.get(item.annotationId) ?? null } : item,
    ),
  };
}
