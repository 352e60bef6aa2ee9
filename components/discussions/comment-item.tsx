"use client";

import { useMutation } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { Avatar, type Person } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { Markdown } from "@/components/ui/markdown";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toaster";
import type { Comment } from "@/contracts/discussions";
import { mentionsAsMarkdown, toEditable } from "@/contracts/mentions";
import { problemOf, useTRPC } from "@/trpc/client";
import { CommentEditor } from "./comment-editor";
import { useDiscussionReader } from "./discussion-context";
import { useRefreshDiscussion } from "./use-discussion-news";

type CommentItemProps = {
  comment: Comment;
  /** A person by the name that tells them from their namesakes. */
  called: (person: Person) => Person;
};

/** One comment with what its reader may do to it. */
export function CommentItem({ comment, called }: CommentItemProps) {
  const { project, me, may } = useDiscussionReader();
  const trpc = useTRPC();
  const refresh = useRefreshDiscussion();
  const [editing, setEditing] = useState(false);
  const after = {
    onSuccess: () => refresh(comment.recordId),
    onError: (error: unknown) => void toast.error(problemOf(error).detail),
  };
  const patch = useMutation(trpc.discussions.patchComment.mutationOptions(after));
  // The editor shows why its own text was not taken.
  const edit = useMutation(trpc.discussions.patchComment.mutationOptions({ onSuccess: after.onSuccess }));
  const remove = useMutation(trpc.discussions.deleteComment.mutationOptions(after));
  const { id, body, resolved } = comment;
  const author = called(comment.author);
  const mentions = comment.mentions.map(called);
  const isOwn = author.id === me.id && may("discussions:write");
  const maySettle = isOwn || may("discussions:resolve");
  const mayDelete = isOwn || may("project:manage");

  return (
    <li className="flex gap-2 py-2">
      <Avatar person={author} decorative className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6 flex-wrap items-center gap-x-2 text-xs">
          <span className="font-medium">{author.id === me.id ? "You" : author.name}</span>
          <RelativeTime value={comment.createdAt} className="text-faint" />
          {comment.editedAt ? <span className="text-faint">edited</span> : null}
          {comment.label ? <span className="text-faint">about {comment.label}</span> : null}
          {resolved ? <Badge tone="good">Resolved by {called(resolved.by).name}</Badge> : null}
          {!comment.deleted && (maySettle || mayDelete) ? (
            <span className="ml-auto">
              <DropdownMenu
                trigger={
                  <IconButton label={`More for the comment of ${author.name}`} size="sm">
                    <MoreHorizontal aria-hidden />
                  </IconButton>
                }
              >
                {maySettle ? (
                  <MenuItem onSelect={() => patch.mutate({ project, id, resolved: resolved === null })}>
                    {resolved ? "Open again" : "Resolve"}
                  </MenuItem>
                ) : null}
                {isOwn ? <MenuItem onSelect={() => setEditing(true)}>Edit</MenuItem> : null}
                {mayDelete ? (
                  <MenuItem danger onSelect={() => remove.mutate({ project, id })}>
                    Delete for good
                  </MenuItem>
                ) : null}
              </DropdownMenu>
            </span>
          ) : null}
        </div>
        {comment.deleted ? (
          <p className="text-faint">Deleted</p>
        ) : editing ? (
          <CommentEditor
            recordId={comment.recordId}
            initial={toEditable(body, mentions)}
            label="Edit the comment"
            verb="Save comment"
            takesFocus
            onSubmit={(text) => edit.mutateAsync({ project, id, body: text })}
            onDone={() => setEditing(false)}
          />
        ) : (
          <Markdown className="text-sm [overflow-wrap:anywhere]">
            {mentionsAsMarkdown(body, mentions)}
          </Markdown>
        )}
      </div>
    </li>
  );
}
