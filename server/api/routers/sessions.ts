import { z } from "zod";
import { sessionReportAnswer, sessionReportInput } from "@/contracts/session-report";
import {
  createSessionInput,
  extendedSession,
  extendSessionInput,
  leaseBeat,
  leaseRef,
  listSessionItemsInput,
  listSessionsInput,
  nextItem,
  nextItemInput,
  patchSessionInput,
  session,
  sessionItemList,
  sessionList,
  sessionRefInput,
  ticket,
} from "@/contracts/sessions";
import {
  createSession,
  createTicket,
  extendSession,
  followSession,
  getSession,
  getSessionReport,
  giveBackLease,
  keepLease,
  listSessionItems,
  listSessions,
  patchSession,
  nextItem as takeNextItem,
} from "@/server/modules/verification";
import { projectProcedure, router } from "../trpc";
import { whileAllowed } from "../while-allowed";

const tags = ["Sessions"];

export const sessionsRouter = router({
  create: projectProcedure("sessions:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/sessions",
        tags,
        summary: "Open a session in which several people verify labels of jobs",
      },
      status: 201,
    })
    .input(createSessionInput)
    .output(session)
    .mutation(({ ctx, input }) => createSession(ctx.db, ctx.member, input)),

  list: projectProcedure("sessions:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/sessions",
        tags,
        summary: "Sessions, newest first",
      },
    })
    .input(listSessionsInput)
    .output(sessionList)
    .query(({ ctx, input }) => listSessions(ctx.db, ctx.member, input)),

  get: projectProcedure("sessions:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/sessions/{id}",
        tags,
        summary: "One session, its live rooms and its figures",
      },
    })
    .input(sessionRefInput)
    .output(session)
    .query(({ ctx, input }) => getSession(ctx.db, ctx.member, input)),

  patch: projectProcedure("sessions:write")
    .meta({
      openapi: {
        method: "PATCH",
        path: "/projects/{project}/sessions/{id}",
        tags,
        summary: "Rename, close or reopen a session, or open it to annotators",
      },
    })
    .input(patchSessionInput)
    .output(session)
    .mutation(({ ctx, input }) => patchSession(ctx.db, ctx.member, input)),

  extend: projectProcedure("sessions:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/sessions/{id}/extend",
        tags,
        summary: "Add labels that the session does not hold yet, at its end",
      },
    })
    .input(extendSessionInput)
    .output(extendedSession)
    .mutation(({ ctx, input }) => extendSession(ctx.db, ctx.member, input)),

  report: projectProcedure("sessions:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/sessions/{id}/report",
        tags,
        summary: "What a session has come to: verdicts, corrections, pace, agreement; now or at a closing",
      },
    })
    .input(sessionReportInput)
    .output(sessionReportAnswer)
    .query(({ ctx, input }) => getSessionReport(ctx.db, ctx.member, input)),

  items: projectProcedure("sessions:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/sessions/{id}/items",
        tags,
        summary: "The labels to verify, in the session's frozen order",
      },
    })
    .input(listSessionItemsInput)
    .output(sessionItemList)
    .query(({ ctx, input }) => listSessionItems(ctx.db, ctx.member, input)),

  ticket: projectProcedure("sessions:read")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/sessions/{id}/ticket",
        tags,
        summary: "A pass for one connection to the session's live rooms within a minute",
      },
      status: 201,
    })
    .input(sessionRefInput)
    .output(ticket)
    .mutation(({ ctx, input }) => createTicket(ctx.db, ctx.member, input)),

  next: projectProcedure("verification:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/sessions/{id}/next",
        tags,
        summary:
          "Take the next record that nobody has decided and nobody else holds, for a minute; 204 when none is free",
      },
    })
    .input(nextItemInput)
    .output(nextItem.nullable())
    .mutation(async ({ ctx, input }) => {
      const next = await takeNextItem(ctx.db, ctx.member, input);
      if (next === null) ctx.answer.status = 204;
      return next;
    }),

  keepLease: projectProcedure("verification:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/leases/{id}/heartbeat",
        tags,
        summary: "Hold a record for another minute",
      },
    })
    .input(leaseRef)
    .output(leaseBeat)
    .mutation(({ ctx, input }) => keepLease(ctx.db, ctx.member, input)),

  giveBack: projectProcedure("verification:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}/leases/{id}",
        tags,
        summary: "Give a record back for others to take",
      },
      status: 204,
    })
    .input(leaseRef)
    .output(z.void())
    .mutation(({ ctx, input }) => giveBackLease(ctx.db, ctx.member, input)),

  /** Figures and changed verdicts of a session as they come; for a screen. */
  follow: projectProcedure("sessions:read")
    .input(sessionRefInput)
    .subscription(({ ctx, input, signal }) =>
      whileAllowed(
        { ...ctx, scope: "sessions:read" },
        followSession(ctx.db, ctx.member, {
          id: input.id,
          signal: signal ?? new AbortController().signal,
        }),
      ),
    ),
});
