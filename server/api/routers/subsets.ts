import { z } from "zod";
import {
  changeSubsetRecordsInput,
  changeSubsetRecordsOutput,
  createSubsetInput,
  deleteSubsetInput,
  listSubsetsInput,
  patchSubsetInput,
  previewSubsetInput,
  subset,
  subsetList,
  subsetPreview,
  subsetRef,
} from "@/contracts/subsets";
import {
  changeSubsetRecords,
  createSubset,
  deleteSubset,
  getSubset,
  listSubsets,
  previewSubset,
  renameSubset,
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

  preview: projectProcedure("subsets:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/subsets/preview",
        tags,
        summary: "How many records a subset would hold, and the strata of a sample, without saving it",
      },
    })
    .input(previewSubsetInput)
    .output(subsetPreview)
    .query(({ ctx, input }) => previewSubset(ctx.db, ctx.member, input)),

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

  patch: projectProcedure("subsets:write")
    .meta({
      openapi: {
        method: "PATCH",
        path: "/projects/{project}/subsets/{id}",
        tags,
        summary: "Rename a subset",
      },
    })
    .input(patchSubsetInput)
    .output(subset)
    .mutation(({ ctx, input }) => renameSubset(ctx.db, ctx.member, input)),

  changeRecords: projectProcedure("subsets:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/subsets/{id}/records",
        tags,
        summary: "Put records into a static subset, or take them out",
      },
    })
    .input(changeSubsetRecordsInput)
    .output(changeSubsetRecordsOutput)
    .mutation(({ ctx, input }) => changeSubsetRecords(ctx.db, ctx.member, input)),

  delete: projectProcedure("subsets:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}/subsets/{id}",
        tags,
        summary: "Delete a subset; with withdraw=1 its assignments are withdrawn too",
      },
      status: 204,
    })
    .input(deleteSubsetInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteSubset(ctx.db, ctx.member, input)),
});
