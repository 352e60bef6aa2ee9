import { agreementInput, agreementOutput } from "@/contracts/agreement";
import { calibrationInput, calibrationOutput } from "@/contracts/calibration";
import { estimateInput, labelEstimate } from "@/contracts/estimates";
import {
  contributions,
  contributionsInput,
  distributionInput,
  labelDistribution,
  progressInput,
  projectProgress,
} from "@/contracts/project-statistics";
import {
  estimateJobLabels,
  getCalibration,
  getContributions,
  getDistribution,
  getProgress,
  measureAgreement,
} from "@/server/modules/evaluation";
import { projectProcedure, router } from "../trpc";
import { acceptTheRest } from "./accept-the-rest";

const tags = ["Statistics"];

/** Figures about labels: each tells when it was made, on how much, and why there is none. */
export const statisticsRouter = router({
  agreement: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/statistics/agreement",
        tags,
        summary: "How far annotators agree beyond chance, together, by option and two by two, with intervals",
      },
    })
    .input(agreementInput)
    .output(agreementOutput)
    .query(({ ctx, input }) => measureAgreement(ctx.db, ctx.member, input)),

  estimate: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/statistics/estimate",
        tags,
        summary:
          "Accuracy of all labels of a job, and how often each option is right, from those that were checked",
      },
    })
    .input(estimateInput)
    .output(labelEstimate)
    .query(({ ctx, input }) => estimateJobLabels(ctx.db, ctx.member, input)),

  ...acceptTheRest,

  calibration: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/statistics/calibration",
        tags,
        summary:
          "Whether a job's confidence says how often it is right, and what recalibrating it would bring",
      },
    })
    .input(calibrationInput)
    .output(calibrationOutput)
    .query(({ ctx, input }) => getCalibration(ctx.db, ctx.member, input)),

  progress: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/statistics/progress",
        tags,
        summary: "Records that are labelled, verified and reconciled: in all, by label, and day by day",
      },
    })
    .input(progressInput)
    .output(projectProgress)
    .query(({ ctx, input }) => getProgress(ctx.db, ctx.member, input)),

  distribution: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/statistics/distribution",
        tags,
        summary: "How often each option was given: by people, by jobs, or in verdicts and final labels",
      },
    })
    .input(distributionInput)
    .output(labelDistribution)
    .query(({ ctx, input }) => getDistribution(ctx.db, ctx.member, input)),

  contributions: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/statistics/contributions",
        tags,
        summary: "What each person has done that stands: labels, verdicts, decisions, and when",
      },
    })
    .input(contributionsInput)
    .output(contributions)
    .query(({ ctx, input }) => getContributions(ctx.db, ctx.member, input)),
});
