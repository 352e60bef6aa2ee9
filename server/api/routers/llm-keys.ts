import { z } from "zod";
import {
  budget,
  budgetInput,
  listLlmKeysInput,
  llmKeyList,
  llmKeyRef,
  savedLlmKey,
  saveLlmKeyInput,
} from "@/contracts/llm-keys";
import { deleteLlmKey, listLlmKeys, saveLlmKey } from "@/server/modules/llm-keys";
import { getBudget } from "@/server/modules/projects";
import { projectProcedure, router } from "../trpc";

const tags = ["LLM keys"];
const path = "/projects/{project}/llm-keys" as const;

export const llmKeysRouter = router({
  list: projectProcedure("project:manage")
    .meta({
      openapi: { method: "GET", path, tags, summary: "Keys saved for the project's calls, without the keys" },
    })
    .input(listLlmKeysInput)
    .output(llmKeyList)
    .query(({ ctx }) => listLlmKeys(ctx.db, ctx.member)),

  save: projectProcedure("project:manage")
    .meta({
      openapi: { method: "POST", path, tags, summary: "Save a key for a provider and address" },
      status: 201,
    })
    .input(saveLlmKeyInput)
    .output(savedLlmKey)
    .mutation(({ ctx, input }) => saveLlmKey(ctx.db, ctx.member, input)),

  delete: projectProcedure("project:manage")
    .meta({
      openapi: { method: "DELETE", path: `${path}/{id}`, tags, summary: "Erase a saved key" },
      status: 204,
    })
    .input(llmKeyRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteLlmKey(ctx.db, ctx.member, input)),

  budget: projectProcedure("project:manage")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/budget",
        tags,
        summary: "What jobs may spend and have spent",
      },
    })
    .input(budgetInput)
    .output(budget)
    .query(({ ctx }) => getBudget(ctx.db, ctx.member)),
});
