import {
  getImportInput,
  importPreview,
  importRun,
  importRunList,
  importUrlInput,
  listImportsInput,
  previewImportInput,
  previewUrlInput,
  startedImport,
} from "@/contracts/imports";
import {
  cancelImport,
  getImport,
  listImports,
  previewImport,
  previewUrl,
  startUrlImport,
} from "@/server/modules/records";
import { projectProcedure, router } from "../trpc";

const tags = ["Records"];

export const importsRouter = router({
  list: projectProcedure("records:import")
    .meta({
      openapi: { method: "GET", path: "/projects/{project}/imports", tags, summary: "Imports, newest first" },
    })
    .input(listImportsInput)
    .output(importRunList)
    .query(({ ctx, input }) => listImports(ctx.db, ctx.member, input)),

  get: projectProcedure("records:import")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/imports/{id}",
        tags,
        summary: "One import: state, counts, the first 1,000 refused rows",
      },
    })
    .input(getImportInput)
    .output(importRun)
    .query(({ ctx, input }) => getImport(ctx.db, ctx.member, input)),

  cancel: projectProcedure("records:import")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/imports/{id}/cancel",
        tags,
        summary: "Stop an import; nothing of it is kept",
      },
    })
    .input(getImportInput)
    .output(importRun)
    .mutation(({ ctx, input }) => cancelImport(ctx.db, ctx.member, input)),

  preview: projectProcedure("records:import")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/imports/preview",
        tags,
        summary: "What the first bytes of a file hold: columns, types, rows, a mapping to start from",
      },
    })
    .input(previewImportInput)
    .output(importPreview)
    .mutation(({ ctx, input }) => previewImport(ctx.db, ctx.member, input)),

  previewUrl: projectProcedure("records:import")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/imports/url/preview",
        tags,
        summary: "What the file of an address holds",
      },
    })
    .input(previewUrlInput)
    .output(importPreview)
    .mutation(({ ctx, input }) => previewUrl(ctx.db, ctx.member, input)),

  startFromUrl: projectProcedure("records:import")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/imports/url",
        tags,
        summary: "Import records from a file that the server fetches from a public address",
      },
      status: 202,
    })
    .input(importUrlInput)
    .output(startedImport)
    .mutation(({ ctx, input }) => startUrlImport(ctx.db, ctx.member, input)),
});
