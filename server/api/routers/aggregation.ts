import {
  aggregation,
  aggregationList,
  aggregationMade,
  aggregationPage,
  aggregationPreview,
  aggregationRef,
  createAggregationInput,
  getAggregationInput,
  listAggregationsInput,
  watchAggregationsInput,
} from "@/contracts/aggregation";
import {
  cancelAggregation,
  createAggregation,
  getAggregation,
  listAggregations,
  previewAggregation,
  watchAggregations,
} from "@/server/modules/aggregation";
import { projectProcedure, router } from "../trpc";
import { whileAllowed } from "../while-allowed";

const tags = ["Final labels"];

export const aggregationRouter = router({
  create: projectProcedure("aggregation:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/aggregations",
        tags,
        summary:
          "Make a snapshot of final labels under a policy; of many labels it is made in the background",
      },
      status: 201,
    })
    .input(createAggregationInput)
    .output(aggregationMade)
    .mutation(({ ctx, input }) => createAggregation(ctx.db, ctx.member, input)),

  preview: projectProcedure("aggregation:read")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/aggregations/preview",
        tags,
        summary:
          "What a snapshot made now would hold and change, of many labels estimated; nothing is written",
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

  cancel: projectProcedure("aggregation:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/aggregations/{id}/cancel",
        tags,
        summary: "Stop a snapshot that is being made",
      },
    })
    .input(aggregationRef)
    .output(aggregation)
    .mutation(({ ctx, input }) => cancelAggregation(ctx.db, ctx.member, input)),

  /** What is being made or was begun lately, now and after each change. */
  watch: projectProcedure("aggregation:read")
    .input(watchAggregationsInput)
    .subscription(({ ctx, signal }) =>
      whileAllowed(
        { ...ctx, scope: "aggregation:read" },
        watchAggregations(ctx.db, ctx.member, signal ?? new AbortController().signal),
      ),
    ),
});
