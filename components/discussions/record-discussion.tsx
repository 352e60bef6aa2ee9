"use client";

import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useCalledApart } from "@/components/labelling/use-people-apart";
import type { Person } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Kbd } from "@/components/ui/kbd";
import { MoreButton } from "@/components/ui/more-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Comment } from "@/contracts/discussions";
import { problemOf, useTRPC } from "@/trpc/client";
import { CommentEditor } from "./comment-editor";
import { CommentItem } from "./comment-item";
import { useDiscussionReader } from "./discussion-context";
import { useRefreshDiscussion } from "./use-discussion-news";

const PAGE = 50;

type RecordDiscussionProps = {
  recordId: string;
  /** The session in which it is written. */
  sessionId?: string | undefined;
  /** The label it is about. */
  label?: string | undefined;
  /** Whether the field is open: the key C opens it. */
  writing: boolean;
  onWritingChange: (writing: boolean) => void;
};

/** What was said about a record, oldest first, and a field to say more. */
export function RecordDiscussion(props: RecordDiscussionProps) {
  const { recordId, sessionId, label, writing, onWritingChange } = props;
  const { project, may } = useDiscussionReader();
  const called = useCalledApart(project, may("members:read"));
  const trpc = useTRPC();
  const refresh = useRefreshDiscussion();
  const list = useInfiniteQuery(
    trpc.discussions.comments.infiniteQueryOptions(
      { project, recordId, limit: PAGE, ...(sessionId ? { sessionId } : {}) },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const create = useMutation(trpc.discussions.comment.mutationOptions());
  const comments = list.data?.pages.flatMap(({ items }) => items).toReversed() ?? [];
  const submit = async (body: string) => {
    const about = { ...(sessionId ? { sessionId } : {}), ...(label ? { label } : {}) };
    await create.mutateAsync({ project, recordId, body, ...about });
    await refresh(recordId);
  };
  return (
    <div className="max-w-[70ch]">
      {list.isError ? (
        <ErrorState
          what="The comments did not load"
          why={problemOf(list.error).detail}
          onRetry={() => void list.refetch()}
        />
      ) : list.isPending ? (
        <SkeletonRows label="Loading the comments" rows={2} />
      ) : (
        <>
          <MoreButton list={list} size="sm" variant="ghost">
            Show earlier comments
          </MoreButton>
          <Thread comments={comments} called={called} />
          {comments.length === 0 && !writing ? (
            <p className="pb-2 text-muted">Nothing was said about this record.</p>
          ) : null}
        </>
      )}
      {!may("discussions:write") ? null : writing ? (
        <CommentEditor
          key={recordId}
          recordId={recordId}
          label="Comment"
          verb="Send comment"
          takesFocus
          onSubmit={submit}
          onDone={() => onWritingChange(false)}
        />
      ) : (
        <Button size="sm" onClick={() => onWritingChange(true)}>
          Write a comment <Kbd className="max-sm:hidden">C</Kbd>
        </Button>
      )}
    </div>
  );
}

type ThreadProps = { comments: readonly Comment[]; called: (person: Person) => Person };

/** Resolved and deleted comments are put away until somebody asks for them. */
function Thread({ comments, called }: ThreadProps) {
  const [all, setAll] = useState(false);
  const isSettled = ({ deleted, resolved }: Comment) => deleted || resolved !== null;
  const settled = comments.filter(isSettled).length;
  const shown = all ? comments : comments.filter((comment) => !isSettled(comment));
  return (
    <>
      {settled > 0 ? (
        <Button size="sm" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Hide" : "Show"} what is settled ({settled})
        </Button>
      ) : null}
      {shown.length > 0 ? (
        <ul aria-label="Comments" aria-live="polite" className="mb-2 divide-y">
          {shown.map((comment) => (
            <CommentItem key={comment.id} comment={comment} called={called} />
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** Whether the field is open; it is closed again when another record comes. */
export function useWriting(recordId: string | null): [boolean, (writing: boolean) => void] {
  const [about, setAbout] = useState<string | null>(null);
  return [about !== null && about === recordId, (writing) => setAbout(writing ? recordId : null)];
}
