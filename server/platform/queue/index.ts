export { enqueue } from "./enqueue";
export { heldTask } from "./lease";
export { exposeQueue } from "./queue-metrics";
export type { TaskContext, TaskHandler } from "./run-task";
export { startWorker, type Worker } from "./worker";
