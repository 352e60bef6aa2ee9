import { z } from "zod";
import {
  comment,
  commentList,
  commentRef,
  countDiscussionsInput,
  createCommentInput,
  createFlagInput,
  discussionCountsOutput,
  flag,
  flagList,
  inboxCount,
  inboxCountInput,
  inboxList,
  listCommentsInput,
  listFlagsInput,
  listInboxInput,
  listPeopleInput,
  markInboxInput,
  patchCommentInput,
  patchFlagInput,
  peopleOutput,
} from "@/contracts/discussions";
import {
  countDiscussions,
  countUnread,
  createComment,
  createFlag,
  deleteComment,
  followDiscussions,
  listComments,
  listFlags,
  listInbox,
  listMentionablePeople,
  markInbox,
  patchComment,
  patchFlag,
} from "@/server/modules/discussions";
import { projectProcedure, router } from "../trpc";
import { whileAllowed } from "../while-allowed";

const tags = ["Discussions"];

export const discussionsRouter = router({
  comments: projectProcedure("discussions:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/comments",
        tags,
        summary: "What was said about a record, newest first",
      },
    })
    .input(listCommentsInput)
    .output(commentList)
    .query(({ ctx, input }) => listComments(ctx.db, ctx.member, input)),

  comment: projectProcedure("discussions:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/comments",
        tags,
        summary: "Comment on a record; `@{<user id>}` in the text mentions a member who sees it",
      },
      status: 201,
    })
    .input(createCommentInput)
    .output(comment)
    .mutation(({ ctx, input }) => createComment(ctx.db, ctx.member, input)),

  patchComment: projectProcedure("discussions:write")
    .meta({
      openapi: {
        method: "PATCH",
        path: "/projects/{project}/comments/{id}",
        tags,
        summary: "Change one's own comment, or resolve one or open it again",
      },
    })
    .input(patchCommentInput)
    .output(comment)
    .mutation(({ ctx, input }) => patchComment(ctx.db, ctx.member, input)),

  deleteComment: projectProcedure("discussions:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}/comments/{id}",
        tags,
        summary: "Delete the words of a comment; that there was one stays",
      },
      status: 204,
    })
    .input(commentRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteComment(ctx.db, ctx.member, input)),

  people: projectProcedure("discussions:write")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/comments/people",
        tags,
        summary: "Whom a comment on a record can mention",
      },
    })
    .input(listPeopleInput)
    .output(peopleOutput)
    .query(({ ctx, input }) => listMentionablePeople(ctx.db, ctx.member, input)),

  counts: projectProcedure("discussions:read")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/comments/counts",
        tags,
        summary: "How many comments and open flags some records have",
      },
    })
    .input(countDiscussionsInput)
    .output(discussionCountsOutput)
    .query(({ ctx, input }) => countDiscussions(ctx.db, ctx.member, input)),

  flags: projectProcedure("discussions:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/flags",
        tags,
        summary: "Flags on records, newest first",
      },
    })
    .input(listFlagsInput)
    .output(flagList)
    .query(({ ctx, input }) => listFlags(ctx.db, ctx.member, input)),

  flag: projectProcedure("discussions:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/flags",
        tags,
        summary: "Flag a record with a reason, or change the reason of one's open flag on it",
      },
      status: 201,
    })
    .input(createFlagInput)
    .output(flag)
    .mutation(({ ctx, input }) => createFlag(ctx.db, ctx.member, input)),

  patchFlag: projectProcedure("discussions:write")
    .meta({
      openapi: {
        method: "PATCH",
        path: "/projects/{project}/flags/{id}",
        tags,
        summary: "Withdraw one's own flag, resolve a flag with a note, or open it again",
      },
    })
    .input(patchFlagInput)
    .output(flag)
    .mutation(({ ctx, input }) => patchFlag(ctx.db, ctx.member, input)),

  inbox: projectProcedure("discussions:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/inbox",
        tags,
        summary: "What the caller was told: mentions, replies, flags resolved; newest first",
      },
    })
    .input(listInboxInput)
    .output(inboxList)
    .query(({ ctx, input }) => listInbox(ctx.db, ctx.member, input)),

  unread: projectProcedure("discussions:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/inbox/count",
        tags,
        summary: "How many entries of the caller's inbox are unread",
      },
    })
    .input(inboxCountInput)
    .output(inboxCount)
    .query(({ ctx }) => countUnread(ctx.db, ctx.member)),

  markInbox: projectProcedure("discussions:read")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/inbox/read",
        tags,
        summary: "Mark entries of the caller's inbox as read or unread; without ids all of them",
      },
    })
    .input(markInboxInput)
    .output(inboxCount)
    .mutation(({ ctx, input }) => markInbox(ctx.db, ctx.member, input)),

  /** Unread entries, and records about which something was said, as it happens; for a screen. */
  follow: projectProcedure("discussions:read").subscription(({ ctx, signal }) =>
    whileAllowed(
      { ...ctx, scope: "discussions:read" },
      followDiscussions(ctx.db, ctx.member, { signal: signal ?? new AbortController().signal }),
    ),
  ),
});
