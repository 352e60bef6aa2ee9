"use client";

import { useMutation } from "@tanstack/react-query";
import { Flag } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { Popover } from "@/components/ui/popover";
import { toast } from "@/components/ui/toaster";
import type { DiscussionCounts } from "@/contracts/discussions";
import { problemOf, useTRPC } from "@/trpc/client";
import { useDiscussionReader } from "./discussion-context";
import { FlagForm } from "./flag-form";
import { useRefreshDiscussion } from "./use-discussion-news";

type FlagButtonProps = {
  recordId: string;
  /** From `useDiscussionCounts`. */
  counts: DiscussionCounts | undefined;
  sessionId?: string | undefined;
  label?: string | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The key that opens it, where one does. */
  keys?: string;
};

/** Flags a record with a reason, or changes or withdraws one's own flag. Nothing for who may not. */
export function FlagButton(props: FlagButtonProps) {
  const { recordId, counts, sessionId, label, open, onOpenChange, keys } = props;
  const { project, may } = useDiscussionReader();
  const trpc = useTRPC();
  const refresh = useRefreshDiscussion();
  const own = counts?.ownFlag ?? null;
  const options = {
    onSuccess: () => {
      onOpenChange(false);
      return refresh(recordId);
    },
  };
  const create = useMutation(trpc.discussions.flag.mutationOptions(options));
  const withdraw = useMutation(
    trpc.discussions.patchFlag.mutationOptions({
      ...options,
      onError: (error) => void toast.error(problemOf(error).detail),
    }),
  );
  if (!may("discussions:write")) return null;
  return (
    <Popover
      label={own ? "Your flag on this record" : "Flag this record"}
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      trigger={
        <Button size="sm" variant="ghost" aria-keyshortcuts={keys} aria-pressed={own !== null}>
          <Flag aria-hidden className={cn(own && "fill-current text-warn")} />
          {own ? "Flagged" : "Flag"}
          {keys ? <Kbd className="max-sm:hidden">{keys}</Kbd> : null}
        </Button>
      }
    >
      <FlagForm
        key={own?.id ?? "new"}
        own={own}
        busy={create.isPending || withdraw.isPending}
        problem={create.isError ? problemOf(create.error).detail : undefined}
        onFlag={(flag) =>
          create.mutate({
            project,
            recordId,
            ...flag,
            ...(sessionId ? { sessionId } : {}),
            ...(label ? { label } : {}),
          })
        }
        onWithdraw={() => own && withdraw.mutate({ project, id: own.id, state: "withdrawn" })}
      />
    </Popover>
  );
}
