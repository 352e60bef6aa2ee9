export { countRecords } from "./count-records";
export { invalidQuery, parseQuery } from "./parse-query";
export { searchRecords } from "./search-records";
export { recordFilter, selectRecordIds } from "./select-record-ids";
