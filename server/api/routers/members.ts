import { z } from "zod";
import {
  auditList,
  listAuditInput,
  listMembersInput,
  member,
  memberList,
  memberRef,
  patchMemberInput,
  signInLink,
} from "@/contracts/access";
import {
  handOutSignInLink,
  listAudit,
  listMembers,
  patchMember,
  removeMember,
} from "@/server/modules/access";
import { projectProcedure } from "../trpc";

const tags = ["Members"];
const members = "/projects/{project}/members" as const;

/** The people of a project, and the log of what changed who may do what. */
export const memberProcedures = {
  listMembers: projectProcedure("members:read")
    .meta({ openapi: { method: "GET", path: members, tags, summary: "The people of a project" } })
    .input(listMembersInput)
    .output(memberList)
    .query(({ ctx, input }) => listMembers(ctx.db, ctx.member, input)),

  patchMember: projectProcedure("members:manage")
    .meta({
      openapi: {
        method: "PATCH",
        path: `${members}/{userId}`,
        tags,
        summary: "Change a role, or switch access off and on; live connections of the person close",
      },
    })
    .input(patchMemberInput)
    .output(member)
    .mutation(({ ctx, input }) => patchMember(ctx.db, ctx.member, input)),

  removeMember: projectProcedure("members:manage")
    .meta({
      openapi: {
        method: "DELETE",
        path: `${members}/{userId}`,
        tags,
        summary: "Remove a person; their labels stay",
      },
      status: 204,
    })
    .input(memberRef)
    .output(z.void())
    .mutation(({ ctx, input }) => removeMember(ctx.db, ctx.member, input)),

  createSignInLink: projectProcedure("members:manage")
    .meta({
      openapi: {
        method: "POST",
        path: `${members}/{userId}/sign-in-link`,
        tags,
        summary: "Make a link that signs one member in, once within 24 hours",
      },
      status: 201,
    })
    .input(memberRef)
    .output(signInLink)
    .mutation(({ ctx, input }) => handOutSignInLink(ctx.db, ctx.member, input, ctx.publicUrl)),

  audit: projectProcedure("audit:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/audit",
        tags,
        summary: "What changed who may do what: who, when, what, from where",
      },
    })
    .input(listAuditInput)
    .output(auditList)
    .query(({ ctx, input }) => listAudit(ctx.db, ctx.member, input)),
};
