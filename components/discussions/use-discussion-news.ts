"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useRef } from "react";
import type { DiscussionNews } from "@/contracts/discussions";
import { useTRPC } from "@/trpc/client";
import { useDiscussionReader } from "./discussion-context";
import { refreshDiscussions, takeNews } from "./refresh-discussions";
import { useLeadingTab } from "./use-leading-tab";

/**
 * Keeps the unread count and what is shown of discussions as the project's stream says. A browser opens few streams to
 * one address, so that of all tabs in a project one listens and tells the others.
 */
export function useDiscussionNews(): void {
  const { project, me } = useDiscussionReader();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const name = `tandem.discussions ${me.id} ${project}`;
  const leads = useLeadingTab(name);
  const others = useRef<BroadcastChannel | null>(null);
  const isFirst = useRef(true);

  const take = useCallback(
    (news: DiscussionNews) => {
      // What is on screen was read just before the stream began.
      const known = isFirst.current && news.recordIds === null;
      isFirst.current = false;
      void takeNews(queries, trpc, project, known ? { ...news, recordIds: [] } : news);
    },
    [queries, trpc, project],
  );

  useEffect(() => {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<DiscussionNews>) => take(data);
    others.current = channel;
    return () => {
      others.current = null;
      channel.close();
    };
  }, [name, take]);

  const onData = (news: DiscussionNews) => {
    take(news);
    others.current?.postMessage(news);
  };
  useSubscription(trpc.discussions.follow.subscriptionOptions({ project }, { enabled: leads, onData }));
}

/** Reads anew what is shown about a record after one has said something oneself. */
export function useRefreshDiscussion(): (recordId: string) => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useCallback((recordId) => refreshDiscussions(queries, trpc, [recordId]), [queries, trpc]);
}
