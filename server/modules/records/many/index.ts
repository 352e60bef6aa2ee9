export { excludeRecords, includeRecords, takeBackExclusion, takeBackInclusion } from "./exclude-records";
export type { ChangedRecord, MadeChange, SetChange, SetRevert, SkipCounts } from "./set-change";
export { countSkipped, withoutChanged } from "./set-change";
export { setMetadata, takeBackMetadata } from "./set-metadata";
