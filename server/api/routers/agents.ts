import { z } from "zod";
import {
  agent,
  agentVersion,
  createAgentInput,
  createdVersion,
  createVersionInput,
  diffAgentVersionsInput,
  getAgentInput,
  getAgentVersionInput,
  listAgentsInput,
  listAgentsOutput,
  patchAgentInput,
  previewAgentInput,
  previewDraftInput,
  previewOutput,
  tryOutInput,
  tryOutOutput,
  versionDiff,
} from "@/contracts/agents";
import { modelInfo, modelInfoInput, probeModelInput, probeModelOutput } from "@/contracts/model-capabilities";
import { listVerifiedExamplesInput, verifiedExamples } from "@/contracts/prompt-examples";
import {
  createAgent,
  createAgentVersion,
  deleteAgent,
  diffAgentVersions,
  getAgent,
  getAgentVersion,
  getModelInfo,
  listAgents,
  listVerifiedExamples,
  patchAgent,
  previewAgent,
  previewDraft,
  probeModel,
  tryOut,
} from "@/server/modules/agents";
import { createLlm } from "@/server/platform/llm";
import { projectProcedure, router } from "../trpc";

const tags = ["Agents"];
const agents = "/projects/{project}/agents";

export const agentsRouter = router({
  create: projectProcedure("agents:write")
    .meta({ openapi: { method: "POST", path: agents, tags, summary: "Register an agent" }, status: 201 })
    .input(createAgentInput)
    .output(agent)
    .mutation(({ ctx, input }) => createAgent(ctx.db, ctx.member, input)),

  list: projectProcedure("agents:read")
    .meta({
      openapi: {
        method: "GET",
        path: agents,
        tags,
        summary: "Agents with their newest version, newest first",
      },
    })
    .input(listAgentsInput)
    .output(listAgentsOutput)
    .query(({ ctx, input }) => listAgents(ctx.db, ctx.member, input)),

  get: projectProcedure("agents:read")
    .meta({
      openapi: {
        method: "GET",
        path: `${agents}/{id}`,
        tags,
        summary: "One agent with its versions and jobs",
      },
    })
    .input(getAgentInput)
    .output(agent)
    .query(({ ctx, input }) => getAgent(ctx.db, ctx.member, input)),

  patch: projectProcedure("agents:write")
    .meta({
      openapi: {
        method: "PATCH",
        path: `${agents}/{id}`,
        tags,
        summary: "Rename, archive or restore an agent",
      },
    })
    .input(patchAgentInput)
    .output(agent)
    .mutation(({ ctx, input }) => patchAgent(ctx.db, ctx.member, input)),

  delete: projectProcedure("agents:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: `${agents}/{id}`,
        tags,
        summary: "Delete an agent that has no jobs",
      },
      status: 204,
    })
    .input(getAgentInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteAgent(ctx.db, ctx.member, input)),

  createVersion: projectProcedure("agents:write")
    .meta({
      openapi: {
        method: "POST",
        path: `${agents}/{id}/versions`,
        tags,
        summary: "Save a changed agent as its next version; unchanged, the old one stays (200)",
      },
      status: 201,
    })
    .input(createVersionInput)
    .output(createdVersion)
    .mutation(async ({ ctx, input }) => {
      const { created, version } = await createAgentVersion(ctx.db, ctx.member, input);
      ctx.answer.status = created ? 201 : 200;
      return version;
    }),

  version: projectProcedure("agents:read")
    .meta({
      openapi: {
        method: "GET",
        path: `${agents}/{id}/versions/{version}`,
        tags,
        summary: "One version of an agent",
      },
    })
    .input(getAgentVersionInput)
    .output(agentVersion)
    .query(({ ctx, input }) => getAgentVersion(ctx.db, ctx.member, input)),

  diff: projectProcedure("agents:read")
    .meta({
      openapi: {
        method: "GET",
        path: `${agents}/{id}/diff`,
        tags,
        summary: "What changed between two versions of an agent",
      },
    })
    .input(diffAgentVersionsInput)
    .output(versionDiff)
    .query(({ ctx, input }) => diffAgentVersions(ctx.db, ctx.member, input)),

  preview: projectProcedure("agents:read")
    .meta({
      openapi: {
        method: "POST",
        path: `${agents}/{id}/preview`,
        tags,
        summary: "The exact prompts of an agent on records or texts; no model is called",
      },
    })
    .input(previewAgentInput)
    .output(previewOutput)
    .query(({ ctx, input }) => previewAgent(ctx.db, ctx.member, input)),

  previewDraft: projectProcedure("agents:read")
    .meta({
      openapi: {
        method: "POST",
        path: `${agents}/drafts/preview`,
        tags,
        summary: "The exact prompts of an agent that is not saved; no model is called",
      },
    })
    .input(previewDraftInput)
    .output(previewOutput)
    .query(({ ctx, input }) => previewDraft(ctx.db, ctx.member, input)),

  modelInfo: projectProcedure("agents:read")
    .meta({
      openapi: {
        method: "GET",
        path: `${agents}/model`,
        tags,
        summary: "What is known about a model at its address: what a probe found, its listed price",
      },
    })
    .input(modelInfoInput)
    .output(modelInfo)
    .query(({ ctx, input }) => getModelInfo(ctx.db, ctx.member, input)),

  probe: projectProcedure("agents:write")
    .meta({
      openapi: {
        method: "POST",
        path: `${agents}/probe`,
        tags,
        summary: "Find out what a model takes, by at most 3 completions about no record",
      },
    })
    .input(probeModelInput)
    .output(probeModelOutput)
    .mutation(({ ctx, input }) => probeModel(ctx.db, ctx.member, createLlm(), input)),

  examples: projectProcedure("agents:read")
    .meta({
      openapi: {
        method: "POST",
        path: `${agents}/drafts/examples`,
        tags,
        summary: "Verified records that could be examples of a prompt",
      },
    })
    .input(listVerifiedExamplesInput)
    .output(verifiedExamples)
    .query(({ ctx, input }) => listVerifiedExamples(ctx.db, ctx.member, input)),

  tryOut: projectProcedure("agents:write")
    .meta({
      openapi: {
        method: "POST",
        path: `${agents}/drafts/try-out`,
        tags,
        summary: "Ask the model about a few random records, without keeping labels",
      },
    })
    .input(tryOutInput)
    .output(tryOutOutput)
    .mutation(({ ctx, input }) => tryOut(ctx.db, ctx.member, createLlm(), input)),
});
