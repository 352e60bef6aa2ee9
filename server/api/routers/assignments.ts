import { z } from "zod";
import {
  assignment,
  assignmentList,
  assignmentRef,
  createAssignmentInput,
  listAssignmentsInput,
  patchAssignmentInput,
} from "@/contracts/assignments";
import {
  assignSubset,
  listAssignments,
  patchAssignment,
  restoreAssignment,
  withdrawAssignment,
} from "@/server/modules/subsets";
import { projectProcedure, router } from "../trpc";

const tags = ["Assignments"];

export const assignmentsRouter = router({
  create: projectProcedure("assignments:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/subsets/{id}/assignments",
        tags,
        summary: "Give a subset to people: all of it to everybody, divided, or each record to several",
      },
      status: 201,
    })
    .input(createAssignmentInput)
    .output(assignmentList)
    .mutation(({ ctx, input }) => assignSubset(ctx.db, ctx.member, input)),

  list: projectProcedure("subsets:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/assignments",
        tags,
        summary: "Who has which subset, until when, and how far they are",
      },
    })
    .input(listAssignmentsInput)
    .output(assignmentList)
    .query(({ ctx, input }) => listAssignments(ctx.db, ctx.member, input)),

  patch: projectProcedure("assignments:write")
    .meta({
      openapi: {
        method: "PATCH",
        path: "/projects/{project}/assignments/{id}",
        tags,
        summary: "Change the due date of an assignment",
      },
    })
    .input(patchAssignmentInput)
    .output(assignment)
    .mutation(({ ctx, input }) => patchAssignment(ctx.db, ctx.member, input)),

  withdraw: projectProcedure("assignments:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}/assignments/{id}",
        tags,
        summary: "Take a subset back from a person; their labels stay",
      },
      status: 204,
    })
    .input(assignmentRef)
    .output(z.void())
    .mutation(({ ctx, input }) => withdrawAssignment(ctx.db, ctx.member, input)),

  restore: projectProcedure("assignments:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/assignments/{id}/restore",
        tags,
        summary: "Take a withdrawal back",
      },
    })
    .input(assignmentRef)
    .output(assignment)
    .mutation(({ ctx, input }) => restoreAssignment(ctx.db, ctx.member, input)),
});
