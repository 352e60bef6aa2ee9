import { z } from "zod";
import {
  acceptance,
  acceptanceRef,
  acceptPlan,
  acceptPlanInput,
  applyAcceptanceInput,
} from "@/contracts/acceptance";
import { applyAcceptance, planAcceptance, undoAcceptance } from "@/server/modules/evaluation";
import { projectProcedure } from "../trpc";

const tags = ["Statistics"];
const path = "/projects/{project}/statistics/accept" as const;

/** Of the router for statistics: which of a job's labels can be taken unread, with a promise. */
export const acceptTheRest = {
  acceptPlan: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path,
        tags,
        summary:
          "Which labels of a job can be accepted so that at most a share epsilon is wrong, by blind verdicts",
      },
    })
    .input(acceptPlanInput)
    .output(acceptPlan)
    .query(({ ctx, input }) => planAcceptance(ctx.db, ctx.member, input)),

  accept: projectProcedure("aggregation:write")
    .meta({
      openapi: { method: "POST", path, tags, summary: "Accept the labels of a job that the plan promises" },
      status: 201,
    })
    .input(applyAcceptanceInput)
    .output(acceptance)
    .mutation(({ ctx, input }) => applyAcceptance(ctx.db, ctx.member, input)),

  undoAccept: projectProcedure("aggregation:write")
    .meta({
      openapi: { method: "DELETE", path: `${path}/{id}`, tags, summary: "Take an acceptance back" },
      status: 204,
    })
    .input(acceptanceRef)
    .output(z.void())
    .mutation(({ ctx, input }) => undoAcceptance(ctx.db, ctx.member, input)),
};
