import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { id, problem, projectRef } from "@/contracts/common";
import { exportCard, exportCardInput } from "@/contracts/export-card";
import { exportInput } from "@/contracts/exports";
import { importPreview, importQuery, previewFileQuery, startedImport } from "@/contracts/imports";
import { jobRef } from "@/contracts/jobs";
import { MAX_KEY } from "@/server/platform/idempotency";

const inProject = z.object({ project: projectRef });
const failure = {
  description: "What went wrong",
  content: { "application/problem+json": { schema: problem } },
};

const recordTypes = [
  "text/csv",
  "text/tab-separated-values",
  "application/x-ndjson",
  "application/json",
  "application/vnd.apache.parquet",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];
/** CoNLL, which brings labels, is text. */
const importTypes = [...recordTypes, "text/plain"];

const fileBody = (types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: z.string() }]));

/** One file, under whatever name, and the options as fields: what stands in the address may stand here as well. */
const importForm = importQuery
  .omit({ fileName: true })
  .extend({ file: z.file().meta({ description: "The file; its name and type tell its format" }) });

/** What is refused of an upload before anything is kept. */
const refusedUpload = Object.fromEntries(
  Object.entries({
    "400": "`malformed`: the upload broke off, or what came can't be read",
    "401": "`unauthenticated`: no access token, or one that is unknown, expired or revoked",
    "403": "`forbidden`: the token's person may not import here",
    "404": "`not_found`: there is no such project",
    "413": "`too_large`: the file is larger than this server takes",
    "415": "`unsupported_media_type`: neither type, name nor `format` says what can be read",
    "422":
      "`invalid`, `invalid_mapping`, `binary_file`, `empty_file`, …: `errors` names the options and columns",
    "429": "`rate_limited`: `Retry-After` says when to try again",
  }).map(([status, description]) => [status, { ...failure, description }]),
);

/** Routes whose body streams, so that no procedure stands behind them. */
export const streamedPaths: ZodOpenApiPathsObject = {
  "/projects/{project}/imports": {
    post: {
      operationId: "imports-start",
      summary: "Import records, or the labels of another tool's file",
      description:
        "The body is the file, or a form with one file. `format` of another tool says that the file brings labels.",
      tags: ["records"],
      requestParams: {
        path: inProject,
        query: importQuery,
        header: z.object({ "idempotency-key": z.string().min(1).max(MAX_KEY).optional() }),
      },
      requestBody: {
        required: true,
        content: {
          ...fileBody(importTypes),
          "multipart/form-data": {
            schema: importForm,
            encoding: { file: { contentType: importTypes.join(", ") } },
          },
        },
      },
      responses: {
        "202": {
          description: "Accepted; ask for its state",
          content: { "application/json": { schema: startedImport } },
        },
        ...refusedUpload,
        "409": {
          ...failure,
          description: "`conflict`: a request with this Idempotency-Key is still running",
        },
        default: failure,
      },
    },
  },
  "/projects/{project}/imports/preview-file": {
    post: {
      operationId: "imports-preview-file",
      summary: "What a whole file holds: columns, types, rows, a mapping to start from; nothing is kept",
      tags: ["records"],
      requestParams: { path: inProject, query: previewFileQuery },
      requestBody: { required: true, content: fileBody(recordTypes) },
      responses: {
        "200": {
          description: "What it holds",
          content: { "application/json": { schema: importPreview } },
        },
        ...refusedUpload,
        default: failure,
      },
    },
  },
  "/projects/{project}/imports/{id}/errors": {
    get: {
      operationId: "imports-errors",
      summary: "Every refused row of an import as CSV: line, externalId, code, message",
      tags: ["records"],
      requestParams: {
        path: inProject.extend({ id }),
        query: z.object({ format: z.literal("csv").optional() }),
      },
      responses: {
        "200": { description: "The file", content: { "text/csv": { schema: z.string() } } },
        default: failure,
      },
    },
  },
  "/projects/{project}/export": {
    get: {
      operationId: "export",
      summary: "Stream records, annotations, verifications or final labels, in this or another tool's format",
      tags: ["export"],
      requestParams: { path: inProject, query: exportInput },
      responses: {
        "200": {
          description: "The file",
          content: Object.fromEntries(
            [
              "text/csv",
              "application/x-ndjson",
              "application/vnd.apache.parquet",
              "application/json",
              "text/plain",
            ].map((type) => [type, { schema: z.string() }]),
          ),
        },
        default: failure,
      },
    },
  },
  "/projects/{project}/export/card": {
    get: {
      operationId: "export-card",
      summary: "Dataset card and methods report: what the data is, how it was labelled, verified and settled",
      tags: ["export"],
      requestParams: { path: inProject, query: exportCardInput },
      responses: {
        "200": {
          description: "The card",
          content: { "text/markdown": { schema: z.string() }, "application/json": { schema: exportCard } },
        },
        default: failure,
      },
    },
  },
  "/projects/{project}/jobs/{id}/events": {
    get: {
      operationId: "jobs-events",
      summary: "The job now and after each change, as server-sent events `progress` and, last, `end`",
      tags: ["Jobs"],
      requestParams: { path: jobRef },
      responses: {
        "200": {
          description: "A job in each event",
          content: { "text/event-stream": { schema: z.string() } },
        },
        default: failure,
      },
    },
  },
};
