export { deleteRecord } from "./delete-record";
export { putMetadata } from "./put-metadata";
