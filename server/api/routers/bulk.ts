import {
  bulkActionScopes,
  bulkRun,
  bulkRunList,
  bulkRunRef,
  listBulkRunsInput,
  startBulkInput,
  watchBulkRunsInput,
} from "@/contracts/bulk";
import {
  cancelBulk,
  getBulkRun,
  listBulkRuns,
  startBulk,
  undoBulk,
  watchBulkRuns,
} from "@/server/modules/bulk";
import { projectProcedure, projectProcedureByAction, router } from "../trpc";
import { whileAllowed } from "../while-allowed";

const tags = ["Records"];
const path = "/projects/{project}/records/bulk" as const;

export const bulkRouter = router({
  start: projectProcedureByAction(bulkActionScopes)
    .meta({
      openapi: { method: "POST", path, tags, summary: "Do one thing to all records that a query finds" },
      status: 202,
    })
    .input(startBulkInput)
    .output(bulkRun)
    .mutation(({ ctx, input }) => startBulk(ctx.db, ctx.member, input)),

  list: projectProcedure("records:read")
    .meta({ openapi: { method: "GET", path, tags, summary: "Bulk actions, newest first" } })
    .input(listBulkRunsInput)
    .output(bulkRunList)
    .query(({ ctx, input }) => listBulkRuns(ctx.db, ctx.member, input)),

  get: projectProcedure("records:read")
    .meta({
      openapi: { method: "GET", path: `${path}/{id}`, tags, summary: "One bulk action with its progress" },
    })
    .input(bulkRunRef)
    .output(bulkRun)
    .query(({ ctx, input }) => getBulkRun(ctx.db, ctx.member, input)),

  cancel: projectProcedureByAction(bulkActionScopes)
    .meta({
      openapi: {
        method: "POST",
        path: `${path}/{id}/cancel`,
        tags,
        summary: "Stop a bulk action; what was done stays, and can be undone",
      },
    })
    .input(bulkRunRef)
    .output(bulkRun)
    .mutation(({ ctx, input }) => cancelBulk(ctx.db, ctx.member, input)),

  undo: projectProcedureByAction(bulkActionScopes)
    .meta({
      openapi: {
        method: "POST",
        path: `${path}/{id}/undo`,
        tags,
        summary: "Take a bulk action back, where nobody changed the records since",
      },
      status: 202,
    })
    .input(bulkRunRef)
    .output(bulkRun)
    .mutation(({ ctx, input }) => undoBulk(ctx.db, ctx.member, input)),

  /** What is under way or ended lately, now and after each change. */
  watch: projectProcedure("records:read")
    .input(watchBulkRunsInput)
    .subscription(({ ctx, signal }) =>
      whileAllowed(
        { ...ctx, scope: "records:read" },
        watchBulkRuns(ctx.db, ctx.member, signal ?? new AbortController().signal),
      ),
    ),
});
