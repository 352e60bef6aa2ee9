export { cancelBulk } from "./cancel-bulk";
export { getBulkRun, listBulkRuns } from "./list-bulk-runs";
export { giveUpBulk, runBulk } from "./run-bulk";
export { startBulk } from "./start-bulk";
export { undoBulk } from "./undo-bulk";
export { watchBulkRuns } from "./watch-bulk-runs";
