import { z } from "zod";
import {
  createdInvitation,
  createInvitationInput,
  entered,
  enterInput,
  invitationList,
  invitationRef,
  joined,
  joinInfo,
  joinInput,
  joinPage,
  joinTokenInput,
  listInvitationsInput,
  renewInvitationInput,
} from "@/contracts/access";
import { sessionCookie } from "@/server/auth/session-cookie";
import {
  createInvitation,
  enterProject,
  findInvitation,
  joinByProgram,
  listInvitations,
  lookAtInvitation,
  type NewSession,
  renewInvitation,
  revokeInvitation,
} from "@/server/modules/access";
import type { ApiContext } from "../context";
import { projectProcedure, publicProcedure } from "../trpc";

const tags = ["Invitations"];
const invitations = "/projects/{project}/invitations" as const;

/** Invitations, as their administrators see them and as the people they are for do. */
export const invitationProcedures = {
  createInvitation: projectProcedure("members:manage")
    .meta({
      openapi: { method: "POST", path: invitations, tags, summary: "Make a link to join; it is shown once" },
      status: 201,
    })
    .input(createInvitationInput)
    .output(createdInvitation)
    .mutation(({ ctx, input }) => createInvitation(ctx.db, ctx.member, input, ctx.publicUrl)),

  listInvitations: projectProcedure("members:manage")
    .meta({ openapi: { method: "GET", path: invitations, tags, summary: "Invitations, newest first" } })
    .input(listInvitationsInput)
    .output(invitationList)
    .query(({ ctx, input }) => listInvitations(ctx.db, ctx.member, input)),

  renewInvitation: projectProcedure("members:manage")
    .meta({
      openapi: {
        method: "POST",
        path: `${invitations}/{id}/renew`,
        tags,
        summary: "Give an invitation a new secret and a new end; the old link is dead",
      },
    })
    .input(renewInvitationInput)
    .output(createdInvitation)
    .mutation(({ ctx, input }) => renewInvitation(ctx.db, ctx.member, input, ctx.publicUrl)),

  revokeInvitation: projectProcedure("members:manage")
    .meta({
      openapi: { method: "DELETE", path: `${invitations}/{id}`, tags, summary: "Revoke an invitation" },
      status: 204,
    })
    .input(invitationRef)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeInvitation(ctx.db, ctx.member, input)),

  joinInfo: publicProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/join/{token}",
        tags,
        summary: "What an invitation is for; looking uses nothing up",
      },
    })
    .input(joinTokenInput)
    .output(joinInfo)
    .query(({ ctx, input }) => findInvitation(ctx.db, input)),

  joinPage: publicProcedure
    .input(joinTokenInput)
    .output(joinPage)
    .query(({ ctx, input }) => lookAtInvitation(ctx.db, ctx.actor, input)),

  join: publicProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/join",
        tags,
        summary: "Join a project by an invitation: a guest, an access token for the project, a session",
      },
      status: 201,
    })
    .input(joinInput)
    .output(joined)
    .mutation(async ({ ctx, input }) => {
      const { session, ...answer } = await joinByProgram(ctx.db, ctx, input);
      await signIn(ctx, session);
      return answer;
    }),

  /** Joining in the browser: a stranger gives a name, who is signed in just joins. */
  enter: publicProcedure
    .input(enterInput)
    .output(entered)
    .mutation(async ({ ctx, input }) => {
      const { session, ...answer } = await enterProject(ctx.db, ctx, input);
      await signIn(ctx, session);
      return answer;
    }),
};

async function signIn(ctx: ApiContext, session: NewSession | null): Promise<void> {
  if (session && ctx.mayChangeCookies) ctx.responseHeaders.append("set-cookie", await sessionCookie(session));
}
