import { agreementInput, agreementOutput } from "@/contracts/agreement";
import { calibrationInput, calibrationOutput } from "@/contracts/calibration";
import { estimateInput, labelEstimate } from "@/contracts/estimates";
import { estimateJobLabels, getCalibration, measureAgreement } from "@/server/modules/evaluation";
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
});
