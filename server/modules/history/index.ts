export { findEntryLabel } from "./find-entry-label";
export { listHistory } from "./list-history";
export { restoreEntry } from "./restore-entry";
