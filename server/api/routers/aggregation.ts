import {
  aggregation,
  aggregationList,
  aggregationPage,
  aggregationPreview,
  createAggregationInput,
  getAggregationInput,
  listAggregationsInput,
} from "@/contracts/aggregation";
import {
  createAggregation,
  getAggregation,
  listAggregations,
  previewAggregation,
} from "@/server/modules/aggregation";
import { projectProcedure, router } from "../trpc";

const tags = ["Final labels"];

export const aggregationRouter = router({
  create: projectProcedure("aggregation:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/aggregations",
        tags,
        summary: "Make a snapshot of final labels under a policy",
      },
      status: 201,
    })
    .input(createAggregationInput)
    .output(aggregation)
    .mutation(({ ctx, input }) => createAggregation(ctx.db, ctx.member, input)),

  preview: projectProcedure("aggregation:read")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/aggregations/preview",
        tags,
        summary: "What a snapshot made now would hold and change; nothing is written",
      },
    })
    .input(createAggregationInput)
    .output(aggregationPreview)
    .query(({ ctx, input }) => previewAggregation(ctx.db, ctx.member, input)),

  list: projectProcedure("aggregation:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/aggregations",
        tags,
        summary: "Snapshots of final labels, newest first",
      },
    })
    .input(listAggregationsInput)
    .output(aggregationList)
    .query(({ ctx, input }) => listAggregations(ctx.db, ctx.member, input)),

  get: projectProcedure("aggregation:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/aggregations/{id}",
        tags,
        summary: "One snapshot with a page of its rows",
      },
    })
    .input(getAggregationInput)
    .output(aggregationPage)
    .query(({ ctx, input }) => getAggregation(ctx.db, ctx.member, input)),
});
