import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { id, problem, projectRef } from "@/contracts/common";
import { exportCard, exportCardInput } from "@/contracts/export-card";
import { exportInput } from "@/contracts/exports";
import { importPreview, importQuery, previewFileQuery, startedImport } from "@/contracts/imports";
import { jobRef } from "@/contracts/jobs";

const inProject = z.object({ project: projectRef });
const failure = {
  description: "What went wrong",
  content: { "application/problem+json": { schema: problem } },
};

const importTypes = [
  "text/csv",
  "text/tab-separated-values",
  "application/x-ndjson",
  "application/json",
  "application/vnd.apache.parquet",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/** Routes whose body streams, so that no procedure stands behind them. */
export const streamedPaths: ZodOpenApiPathsObject = {
  "/projects/{project}/imports": {
    post: {
      operationId: "imports-start",
      summary: "Import records from a file",
      tags: ["records"],
      requestParams: { path: inProject, query: importQuery },
      requestBody: {
        required: true,
        content: Object.fromEntries(importTypes.map((type) => [type, { schema: z.string() }])),
      },
      responses: {
        "202": {
          description: "Accepted; ask for its state",
          content: { "application/json": { schema: startedImport } },
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
      requestBody: {
        required: true,
        content: Object.fromEntries(importTypes.map((type) => [type, { schema: z.string() }])),
      },
      responses: {
        "200": {
          description: "What it holds",
          content: { "application/json": { schema: importPreview } },
        },
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
