export { enqueue } from "./enqueue";
export type { TaskContext, TaskHandler } from "./run-task";
export { startWorker, type Worker } from "./worker";
