export { enqueue } from "./enqueue";
export { heldTask } from "./lease";
export type { TaskContext, TaskHandler } from "./run-task";
export { startWorker, type Worker } from "./worker";
