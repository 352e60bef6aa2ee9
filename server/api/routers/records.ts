import { z } from "zod";
import {
  historyList,
  listHistoryInput,
  restoreHistoryInput,
  restoreHistoryOutput,
} from "@/contracts/history";
import {
  eraseRecordInput,
  excludedRecordList,
  listExcludedRecordsInput,
  patchRecordInput,
} from "@/contracts/record-changes";
import {
  annotatorList,
  getRecordInput,
  listAnnotatorsInput,
  putMetadataInput,
  putMetadataOutput,
  record,
  searchInput,
  searchOutput,
  writeAnnotationsInput,
  writeAnnotationsOutput,
} from "@/contracts/records";
import { listAnnotators, writeAnnotations } from "@/server/modules/annotations";
import { findEntryLabel, listHistory, restoreEntry } from "@/server/modules/history";
import {
  deleteRecord,
  eraseRecord,
  listExcludedRecords,
  patchRecord,
  putMetadata,
  restoreRecord,
} from "@/server/modules/records";
import { getRecord, searchRecords } from "@/server/modules/search";
import { withLiveSpans } from "@/server/modules/verification";
import { projectProcedure, router } from "../trpc";

const tags = ["Records"];

/** The labels that an input of writeAnnotations is about. */
const namedLabels = (items: readonly { recordId: string; labels: readonly { name: string }[] }[]) =>
  items.flatMap(({ recordId, labels }) => labels.map(({ name }) => ({ recordId, label: name })));

export const recordsRouter = router({
  search: projectProcedure("records:read")
    .meta({
      ownCursor: true,
      openapi: {
        method: "POST",
        path: "/projects/{project}/records/search",
        tags,
        summary:
          "Records that a query finds, page by page in any order: nextCursor goes on, prevCursor with direction=backward goes back, at=end begins with the last page",
      },
    })
    .input(searchInput)
    .output(searchOutput)
    .query(({ ctx, input }) => searchRecords(ctx.db, ctx.member, input)),

  get: projectProcedure("records:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/records/{id}",
        tags,
        summary: "One record with its metadata, labels and current verdicts",
      },
    })
    .input(getRecordInput)
    .output(record)
    .query(({ ctx, input }) => getRecord(ctx.db, ctx.member, input)),

  history: projectProcedure("annotations:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/records/{id}/history",
        tags,
        summary: "Everything that happened to one record's labels, newest first",
      },
    })
    .input(listHistoryInput)
    .output(historyList)
    .query(({ ctx, input }) => listHistory(ctx.db, ctx.member, input)),

  restoreEntry: projectProcedure("annotations:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/records/{id}/history/{entryId}/restore",
        tags,
        summary:
          "Set again what an entry of the history says: one's own label, or a decision on differing labels",
      },
    })
    .input(restoreHistoryInput)
    .output(restoreHistoryOutput)
    .mutation(async ({ ctx: { db, member }, input }) =>
      withLiveSpans(db, member, await findEntryLabel(db, member, input), (tx) =>
        restoreEntry(tx, member, input),
      ),
    ),

  delete: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/projects/{project}/records/{id}",
        tags,
        summary: "Take a record out of every query; its labels and verdicts stay",
      },
      status: 204,
    })
    .input(getRecordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteRecord(ctx.db, ctx.member, input)),

  patch: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "PATCH",
        path: "/projects/{project}/records/{id}",
        tags,
        summary: "Change a record's metadata, and its text while it has no labels",
      },
    })
    .input(patchRecordInput)
    .output(record)
    .mutation(({ ctx, input }) => patchRecord(ctx.db, ctx.member, input)),

  listExcluded: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/records/deleted",
        tags,
        summary: "Records that were taken out of every query, newest first",
      },
    })
    .input(listExcludedRecordsInput)
    .output(excludedRecordList)
    .query(({ ctx, input }) => listExcludedRecords(ctx.db, ctx.member, input)),

  restore: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/records/{id}/restore",
        tags,
        summary: "Bring an excluded record back, with its labels",
      },
    })
    .input(getRecordInput)
    .output(record)
    .mutation(({ ctx, input }) => restoreRecord(ctx.db, ctx.member, input)),

  erase: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/records/{id}/erase",
        tags,
        summary: "Blank a record's text, metadata, answers and notes for good",
      },
      status: 204,
    })
    .input(eraseRecordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => eraseRecord(ctx.db, ctx.member, input)),

  putMetadata: projectProcedure("records:write")
    .meta({
      openapi: {
        method: "PUT",
        path: "/projects/{project}/records/metadata",
        tags,
        summary: "Set one metadata name on many records",
      },
    })
    .input(putMetadataInput)
    .output(putMetadataOutput)
    .mutation(({ ctx, input }) => putMetadata(ctx.db, ctx.member, input)),

  annotators: projectProcedure("annotations:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/annotators",
        tags: ["Annotations"],
        summary: "People, jobs and imported sources that label here, with the labels they put",
      },
    })
    .input(listAnnotatorsInput)
    .output(annotatorList)
    .query(({ ctx }) => listAnnotators(ctx.db, ctx.member)),

  annotate: projectProcedure("annotations:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/annotations",
        tags: ["Annotations"],
        summary: "Label records as yourself; replaces your labels of the names given, an empty value clears",
      },
    })
    .input(writeAnnotationsInput)
    .output(writeAnnotationsOutput)
    .mutation(({ ctx: { db, member }, input }) =>
      withLiveSpans(db, member, namedLabels(input.items), (tx) => writeAnnotations(tx, member, input)),
    ),
});
