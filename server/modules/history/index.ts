export { listHistory } from "./list-history";
export { restoreEntry } from "./restore-entry";
