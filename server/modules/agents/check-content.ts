import type { z } from "zod";
import type { VersionContent } from "@/contracts/agent-diff";
import type { modelConfig } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import { parseLabelSchema } from "@/contracts/label-schema-forms";
import type { Provider } from "@/contracts/providers";
import type { ProjectActor } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { checkBaseUrl } from "@/server/platform/llm";
import { BUILTIN_MODEL_NAME } from "@/server/platform/llm/builtin";
import { checkPrompt } from "./check-prompt";
import { validateModelConfig } from "./model-config";

/** What somebody wants an agent to be, not checked yet. */
export type DraftContent = {
  provider: Provider;
  baseUrl?: string | null | undefined;
  model: unknown;
  prompt: unknown;
  /** Checked against instead of the active one: only for what is not saved. */
  labelSchema?: unknown;
};

/** A draft that can be saved and run, with the schema it was checked against. */
export type CheckedContent = { content: VersionContent; schema: readonly LabelDefinition[] };

/**
 * Checks model, address and prompt of an agent against the active label schema, or the one given.
 * @throws AppError `invalid_agent` that lists the problems of all fields at once, `no_schema`, `invalid_schema`
 */
export async function checkContent(
  db: Db,
  actor: ProjectActor,
  draft: DraftContent,
): Promise<CheckedContent> {
  const schema = await findSchema(db, actor, draft.labelSchema);
  const model = validateModelConfig(draft.model, draft.provider);
  const prompt = await checkPrompt(db, actor, schema, draft.prompt);
  const baseUrl = draft.baseUrl?.trim().replace(/\/+$/, "") || null;
  const problems = [
    ...(await baseUrlProblems(baseUrl)),
    ...builtinProviderProblems(baseUrl, draft.provider),
    ...(model.ok ? builtinProblems(baseUrl, model.config) : under("model", model.problems)),
    ...(prompt.ok ? [] : under("prompt", prompt.problems)),
  ];
  if (!model.ok || !prompt.ok || problems.length > 0) throw invalidAgent(problems);
  return {
    content: { provider: draft.provider, baseUrl, model: model.config, prompt: prompt.settings },
    schema,
  };
}

async function findSchema(db: Db, actor: ProjectActor, given: unknown): Promise<LabelDefinition[]> {
  if (given !== undefined) {
    const parsed = parseLabelSchema(given);
    if (parsed.ok) return parsed.labels;
    throw new AppError("invalid_schema", "This label schema can't be prompted.", { errors: parsed.problems });
  }
  const active = await findActiveSchema(db, actor);
  if (active) return active.labelSchema;
  throw new AppError("no_schema", "This project has no label schema yet; a prompt is made from one.");
}

async function baseUrlProblems(baseUrl: string | null): Promise<FieldProblem[]> {
  if (baseUrl === null || baseUrl === "builtin") return [];
  const message = await checkBaseUrl(baseUrl);
  return message === null ? [] : [{ path: "baseUrl", message }];
}

function builtinProblems(baseUrl: string | null, { model }: z.infer<typeof modelConfig>): FieldProblem[] {
  if (baseUrl !== "builtin" || model === BUILTIN_MODEL_NAME) return [];
  return [{ path: "model.model", message: `the built-in model is called ${BUILTIN_MODEL_NAME}` }];
}

function builtinProviderProblems(baseUrl: string | null, provider: Provider): FieldProblem[] {
  if (baseUrl !== "builtin" || provider === "openai:chat") return [];
  return [{ path: "provider", message: "must be openai:chat for the built-in model" }];
}

const under = (parent: string, problems: readonly FieldProblem[]): FieldProblem[] =>
  problems.map(({ path, message }) => ({ path: path === "" ? parent : `${parent}.${path}`, message }));

function invalidAgent(problems: FieldProblem[]): AppError {
  const detail = problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
  return new AppError("invalid_agent", `This agent can't be used: ${detail}.`, { errors: problems });
}
