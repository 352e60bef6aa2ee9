import {
  listInvalidAnswersInput,
  listInvalidAnswersOutput,
  recomputeConfidenceInput,
  recomputedConfidence,
  resolveAnswerInput,
  resolvedAnswers,
  takeBackAnswerInput,
  takenBackAnswers,
} from "@/contracts/job-triage";
import {
  estimateJobInput,
  job,
  jobEstimate,
  jobRef,
  listJobItemsInput,
  listJobItemsOutput,
  listJobsInput,
  listJobsOutput,
  resumeJobInput,
  retryFailedInput,
  startJobInput,
} from "@/contracts/jobs";
import {
  cancelJob,
  estimateJob,
  getJob,
  listInvalidAnswers,
  listJobItems,
  listJobs,
  pauseJob,
  recomputeConfidence,
  resolveAnswer,
  resumeJob,
  retryFailed,
  startJob,
  takeBackAnswer,
  watchJob,
} from "@/server/modules/jobs";
import { projectProcedure, router } from "../trpc";
import { whileAllowed } from "../while-allowed";

const tags = ["Jobs"];
const path = "/projects/{project}/jobs" as const;

export const jobsRouter = router({
  start: projectProcedure("jobs:run")
    .meta({ openapi: { method: "POST", path, tags, summary: "Run an agent on records" }, status: 202 })
    .input(startJobInput)
    .output(job)
    .mutation(({ ctx, input }) => startJob(ctx.db, ctx.member, input)),

  estimate: projectProcedure("jobs:run")
    .meta({
      openapi: {
        method: "POST",
        path: `${path}/estimate`,
        tags,
        summary: "What a job would ask and could cost, without a call",
      },
    })
    .input(estimateJobInput)
    .output(jobEstimate)
    .query(({ ctx, input }) => estimateJob(ctx.db, ctx.member, input)),

  list: projectProcedure("jobs:read")
    .meta({ openapi: { method: "GET", path, tags, summary: "Jobs of the project, newest first" } })
    .input(listJobsInput)
    .output(listJobsOutput)
    .query(({ ctx, input }) => listJobs(ctx.db, ctx.member, input)),

  get: projectProcedure("jobs:read")
    .meta({ openapi: { method: "GET", path: `${path}/{id}`, tags, summary: "One job with its report" } })
    .input(jobRef)
    .output(job)
    .query(({ ctx, input }) => getJob(ctx.db, ctx.member, input)),

  items: projectProcedure("jobs:read")
    .meta({
      openapi: {
        method: "GET",
        path: `${path}/{id}/items`,
        tags,
        summary: "The job's records with prompt, raw answer and labels",
      },
    })
    .input(listJobItemsInput)
    .output(listJobItemsOutput)
    .query(({ ctx, input }) => listJobItems(ctx.db, ctx.member, input)),

  invalidAnswers: projectProcedure("jobs:read")
    .meta({
      openapi: {
        method: "GET",
        path: `${path}/{id}/invalid-answers`,
        tags,
        summary: "Answers that could not be read, each text once with its count",
      },
    })
    .input(listInvalidAnswersInput)
    .output(listInvalidAnswersOutput)
    .query(({ ctx, input }) => listInvalidAnswers(ctx.db, ctx.member, input)),

  resolve: projectProcedure("annotations:write")
    .meta({
      openapi: {
        method: "POST",
        path: `${path}/{id}/items/{recordId}/resolve`,
        tags,
        summary: "Say in your own name what an answer that could not be read means",
      },
    })
    .input(resolveAnswerInput)
    .output(resolvedAnswers)
    .mutation(({ ctx, input }) => resolveAnswer(ctx.db, ctx.member, input)),

  takeBack: projectProcedure("annotations:write")
    .meta({
      openapi: {
        method: "POST",
        path: `${path}/{id}/items/{recordId}/take-back`,
        tags,
        summary: "Undo resolving an answer: your labels that came of it go away",
      },
    })
    .input(takeBackAnswerInput)
    .output(takenBackAnswers)
    .mutation(({ ctx, input }) => takeBackAnswer(ctx.db, ctx.member, input)),

  recomputeConfidence: projectProcedure("jobs:read")
    .meta({
      openapi: {
        method: "GET",
        path: `${path}/{id}/recomputed-confidence`,
        tags,
        summary: "Where today's formula gives another confidence from the kept answers",
      },
    })
    .input(recomputeConfidenceInput)
    .output(recomputedConfidence)
    .query(({ ctx, input }) => recomputeConfidence(ctx.db, ctx.member, input)),

  pause: projectProcedure("jobs:run")
    .meta({
      openapi: { method: "POST", path: `${path}/{id}/pause`, tags, summary: "Make no further call for now" },
    })
    .input(jobRef)
    .output(job)
    .mutation(({ ctx, input }) => pauseJob(ctx.db, ctx.member, input)),

  resume: projectProcedure("jobs:run")
    .meta({
      openapi: { method: "POST", path: `${path}/{id}/resume`, tags, summary: "Go on with a paused job" },
    })
    .input(resumeJobInput)
    .output(job)
    .mutation(({ ctx, input }) => resumeJob(ctx.db, ctx.member, input)),

  cancel: projectProcedure("jobs:run")
    .meta({
      openapi: { method: "POST", path: `${path}/{id}/cancel`, tags, summary: "End a job; its labels stay" },
    })
    .input(jobRef)
    .output(job)
    .mutation(({ ctx, input }) => cancelJob(ctx.db, ctx.member, input)),

  retryFailed: projectProcedure("jobs:run")
    .meta({
      openapi: {
        method: "POST",
        path: `${path}/{id}/retry-failed`,
        tags,
        summary: "Ask again where calls were given up",
      },
    })
    .input(retryFailedInput)
    .output(job)
    .mutation(({ ctx, input }) => retryFailed(ctx.db, ctx.member, input)),

  /** The job now and after each change. */
  watch: projectProcedure("jobs:read")
    .input(jobRef)
    .subscription(({ ctx, input, signal }) =>
      whileAllowed(
        { ...ctx, scope: "jobs:read" },
        watchJob(ctx.db, ctx.member, input, signal ?? new AbortController().signal),
      ),
    ),
});
