import type { TaskHandler } from "@/server/platform/queue";

/**
 * The work done in the background, by the kind of its task. A handler is loaded when its first task comes, so
 * that a process starts fast.
 */
export const handlers: Readonly<Record<string, () => Promise<TaskHandler>>> = {
  "build-metadata-indexes": async () => (await import("./metadata-indexes")).handleBuildMetadataIndexes,
  "compact-room": async () => (await import("./compact-room")).handleCompactRoom,
  "count-subsets": async () => (await import("./count-subsets")).handleCountSubsets,
  "deliver-webhook": async () => (await import("./deliver-webhook")).handleDeliverWebhook,
  "drop-metadata-indexes": async () => (await import("./metadata-indexes")).handleDropMetadataIndexes,
  "embed-records": async () => (await import("./embed-records")).handleEmbedRecords,
  "erase-project": async () => (await import("./erase-project")).handleEraseProject,
  "index-vectors": async () => (await import("./index-vectors")).handleIndexVectors,
  "make-aggregation": async () => (await import("./make-aggregation")).handleMakeAggregation,
  "map-labels": async () => (await import("./map-labels")).handleMapLabels,
  "run-bulk": async () => (await import("./run-bulk")).handleRunBulk,
  "run-import": async () => (await import("./run-import")).runImportTask,
  "run-job": async () => (await import("./run-job")).handleRunJob,
};
