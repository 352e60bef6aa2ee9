export { countRecords } from "./count-records";
export { getRecord } from "./get-record";
export { getRecordHistory } from "./get-record-history";
export { parseQuery } from "./parse-query";
export { searchRecords } from "./search-records";
export { recordFilter, selectRecordIds } from "./select-record-ids";
