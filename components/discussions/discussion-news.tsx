"use client";

import { useDiscussionNews } from "./use-discussion-news";

/** Draws nothing; while it is there, what is shown of discussions follows what is said. */
export function DiscussionNews() {
  useDiscussionNews();
  return null;
}
