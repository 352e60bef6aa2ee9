"use client";

import { createContext, useContext } from "react";
import type { DiscussionCounts } from "@/contracts/discussions";

export type SessionDiscussion = {
  sessionId: string;
  /** The session's label. */
  label: string;
  countsOf: (recordId: string) => DiscussionCounts | undefined;
  writing: boolean;
  onWritingChange: (writing: boolean) => void;
  flagging: boolean;
  onFlaggingChange: (flagging: boolean) => void;
  /** Shows the thread where it isn't in sight, and the field. */
  openThread: () => void;
};

export const SessionDiscussionContext = createContext<SessionDiscussion | null>(null);

export function useSessionDiscussion(): SessionDiscussion {
  const discussion = useContext(SessionDiscussionContext);
  if (!discussion) throw new Error("useSessionDiscussion stands inside SessionDiscussionProvider");
  return discussion;
}
