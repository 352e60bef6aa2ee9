import { z } from "zod";
import { keptKeyBindings, keyBindingsRef, putKeyBindingsInput } from "@/contracts/key-bindings";
import {
  getSchemaInput,
  listSchemaVersionsInput,
  schemaPrompt,
  schemaPromptInput,
  schemaVersion,
  schemaVersionList,
} from "@/contracts/label-schema";
import { schemaDiff, schemaDiffInput } from "@/contracts/label-schema-diff";
import { labelShares, overview, overviewInput } from "@/contracts/overview";
import {
  createProjectInput,
  deleteProjectInput,
  getProjectInput,
  listProjectsInput,
  patchProjectInput,
  project,
  projectList,
  sampleProject,
} from "@/contracts/projects";
import {
  changedSchema,
  changeSchemaInput,
  listSchemaMappingsInput,
  schemaEffects,
  schemaEffectsInput,
  schemaMappingList,
  schemaMappingRef,
  undoneMapping,
} from "@/contracts/schema-effects";
import { putViewSettingInput, viewSetting, viewSettingRef } from "@/contracts/views";
import { previewSchemaPrompt } from "@/server/modules/agents";
import { getLabelShares, getOverview } from "@/server/modules/overview";
import { deleteProject } from "@/server/modules/project-deletion";
import {
  createProject,
  diffSchemaVersions,
  findActiveSchema,
  getKeyBindings,
  getProject,
  getSchema,
  getViewSetting,
  listProjects,
  listSchemaVersions,
  patchProject,
  putKeyBindings,
  putViewSetting,
} from "@/server/modules/projects";
import { createSampleProject } from "@/server/modules/samples";
import {
  changeSchema,
  listMappings,
  previewSchemaChange,
  undoMapping,
} from "@/server/modules/schema-changes";
import { projectProcedure, router, signedInProcedure } from "../trpc";

const tags = ["Projects"];

export const projectsRouter = router({
  create: signedInProcedure
    .meta({ openapi: { method: "POST", path: "/projects", tags, summary: "Make a project" }, status: 201 })
    .input(createProjectInput)
    .output(project)
    .mutation(({ ctx, input }) => createProject(ctx.db, ctx.actor, input)),

  /** The sample project of whoever asks: made at the first call, found again afterwards. */
  createSample: signedInProcedure
    .output(sampleProject)
    .mutation(({ ctx }) => createSampleProject(ctx.db, { ownerId: ctx.actor.userId })),

  list: signedInProcedure
    .meta({ openapi: { method: "GET", path: "/projects", tags, summary: "Projects you are a member of" } })
    .input(listProjectsInput)
    .output(projectList)
    .query(({ ctx, input }) => listProjects(ctx.db, ctx.actor, input)),

  get: projectProcedure("project:read")
    .meta({ openapi: { method: "GET", path: "/projects/{project}", tags, summary: "One project" } })
    .input(getProjectInput)
    .output(project)
    .query(({ ctx }) => getProject(ctx.db, ctx.member)),

  /** The overview screen: what is next, the agents, what happened lately. */
  overview: projectProcedure("project:read")
    .input(overviewInput)
    .output(overview)
    .query(({ ctx }) => getOverview(ctx.db, ctx.member)),

  /** The overview screen: how the values of each label are spread. */
  labelShares: projectProcedure("project:read")
    .input(overviewInput)
    .output(labelShares)
    .query(({ ctx }) => getLabelShares(ctx.db, ctx.member)),

  /** How the reader arranged a screen's table; their own, so that any role may keep it. */
  viewSetting: projectProcedure("project:read")
    .input(viewSettingRef)
    .output(viewSetting)
    .query(({ ctx, input }) => getViewSetting(ctx.db, ctx.member, input)),

  putViewSetting: projectProcedure("project:read")
    .input(putViewSettingInput)
    .output(viewSetting)
    .mutation(({ ctx, input }) => putViewSetting(ctx.db, ctx.member, input)),

  /** The keys that the reader has chosen for actions; their own, so that any role may keep them. */
  keyBindings: projectProcedure("project:read")
    .input(keyBindingsRef)
    .output(keptKeyBindings)
    .query(({ ctx }) => getKeyBindings(ctx.db, ctx.member)),

  putKeyBindings: projectProcedure("project:read")
    .input(putKeyBindingsInput)
    .output(keptKeyBindings)
    .mutation(({ ctx, input }) => putKeyBindings(ctx.db, ctx.member, input)),

  patch: projectProcedure("project:manage")
    .meta({
      openapi: {
        method: "PATCH",
        path: "/projects/{project}",
        tags,
        summary: "Rename, archive, restore, or change who sees which metadata",
      },
    })
    .input(patchProjectInput)
    .output(project)
    .mutation(({ ctx, input }) => patchProject(ctx.db, ctx.member, input)),

  delete: projectProcedure("project:manage")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}",
        tags,
        summary: "Delete a project with all that is in it for good; name it once more",
      },
      status: 204,
    })
    .input(deleteProjectInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteProject(ctx.db, ctx.member, input)),

  putSchema: projectProcedure("schema:write")
    .meta({
      openapi: {
        method: "PUT",
        path: "/projects/{project}/schema",
        tags,
        summary: "Make a new version of the label schema active; unchanged, the old one stays",
      },
    })
    .input(changeSchemaInput)
    .output(changedSchema)
    .mutation(({ ctx, input }) => changeSchema(ctx.db, ctx.member, input)),

  schemaEffects: projectProcedure("schema:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/schema/effects",
        tags,
        summary: "What saving a label schema would do to the labels and agents there are; nothing is written",
      },
    })
    .input(schemaEffectsInput)
    .output(schemaEffects)
    .query(({ ctx, input }) => previewSchemaChange(ctx.db, ctx.member, input)),

  schemaMappings: projectProcedure("schema:write")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/schema/mappings",
        tags,
        summary: "Mappings of old label values to new ones, newest first",
      },
    })
    .input(listSchemaMappingsInput)
    .output(schemaMappingList)
    .query(({ ctx }) => listMappings(ctx.db, ctx.member)),

  undoMapping: projectProcedure("schema:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/schema/mappings/{id}/undo",
        tags,
        summary: "Take the labels that a mapping wrote away again",
      },
    })
    .input(schemaMappingRef)
    .output(undoneMapping)
    .mutation(({ ctx, input }) => undoMapping(ctx.db, ctx.member, input)),

  getSchema: projectProcedure("schema:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/schema",
        tags,
        summary: "The active label schema",
      },
    })
    .input(getSchemaInput)
    .output(schemaVersion)
    .query(({ ctx, input }) => getSchema(ctx.db, ctx.member, input)),

  /** As `getSchema`, but null for a project that has no schema yet: what a screen asks. */
  activeSchema: projectProcedure("schema:read")
    .input(getProjectInput)
    .output(schemaVersion.nullable())
    .query(({ ctx }) => findActiveSchema(ctx.db, ctx.member)),

  /** The schema screen's preview of the prompt part. */
  schemaPrompt: projectProcedure("schema:read")
    .input(schemaPromptInput)
    .output(schemaPrompt)
    .query(({ input }) => previewSchemaPrompt(input.labelSchema)),

  schemaVersions: projectProcedure("schema:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/schema/versions",
        tags,
        summary: "Every version of the label schema, newest first",
      },
    })
    .input(listSchemaVersionsInput)
    .output(schemaVersionList)
    .query(({ ctx, input }) => listSchemaVersions(ctx.db, ctx.member, input)),

  schemaDiff: projectProcedure("schema:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/schema/diff",
        tags,
        summary: "What changed between two versions of the label schema",
      },
    })
    .input(schemaDiffInput)
    .output(schemaDiff)
    .query(({ ctx, input }) => diffSchemaVersions(ctx.db, ctx.member, input)),
});
