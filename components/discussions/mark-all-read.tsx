"use client";

import { Button } from "@/components/ui/button";
import { useMarkInbox } from "./use-mark-inbox";

/** Marks the whole inbox of this project as read. */
export function MarkAllRead({ project }: { project: string }) {
  const { mark, busy } = useMarkInbox(project);
  return (
    <Button busy={busy} onClick={() => mark({ read: true })}>
      Mark all as read
    </Button>
  );
}
