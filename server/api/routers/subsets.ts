import { z } from "zod";
import {
  assignmentList,
  createAssignmentInput,
  createSubsetInput,
  listAssignmentsInput,
  listSubsetsInput,
  subset,
  subsetList,
  subsetRef,
} from "@/contracts/subsets";
import {
  assignSubset,
  createSubset,
  deleteSubset,
  getSubset,
  listAssignments,
  listSubsets,
  withdrawAssignment,
} from "@/server/modules/subsets";
import { projectProcedure, router } from "../trpc";

const tags = ["Subsets"];

export const subsetsRouter = router({
  create: projectProcedure("subsets:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/subsets",
        tags,
        summary: "Save a search live, or freeze its records, a list, a combination or a sample",
      },
      status: 201,
    })
    .input(createSubsetInput)
    .output(subset)
    .mutation(({ ctx, input }) => createSubset(ctx.db, ctx.member, input)),

  list: projectProcedure("subsets:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/subsets",
        tags,
        summary: "Saved subsets, newest first",
      },
    })
    .input(listSubsetsInput)
    .output(subsetList)
    .query(({ ctx, input }) => listSubsets(ctx.db, ctx.member, input)),

  get: projectProcedure("subsets:read")
    .meta({
      openapi: { method: "GET", path: "/projects/{project}/subsets/{id}", tags, summary: "One subset" },
    })
    .input(subsetRef)
    .output(subset)
    .query(({ ctx, input }) => getSubset(ctx.db, ctx.member, input)),

  delete: projectProcedure("subsets:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}/subsets/{id}",
        tags,
        summary: "Delete a subset",
      },
      status: 204,
    })
    .input(subsetRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteSubset(ctx.db, ctx.member, input)),

  assign: projectProcedure("assignments:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/subsets/{id}/assignments",
        tags,
        summary: "Give a subset to people",
      },
      status: 201,
    })
    .input(createAssignmentInput)
    .output(assignmentList)
    .mutation(({ ctx, input }) => assignSubset(ctx.db, ctx.member, input)),

  assignments: projectProcedure("subsets:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/assignments",
        tags,
        summary: "Who has which subset",
      },
    })
    .input(listAssignmentsInput)
    .output(assignmentList)
    .query(({ ctx, input }) => listAssignments(ctx.db, ctx.member, input)),

  withdraw: projectProcedure("assignments:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}/assignments/{id}",
        tags,
        summary: "Take a subset back from a person",
      },
      status: 204,
    })
    .input(subsetRef)
    .output(z.void())
    .mutation(({ ctx, input }) => withdrawAssignment(ctx.db, ctx.member, input)),
});
