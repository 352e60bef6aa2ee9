export { createAggregation } from "./create-aggregation";
export { getAggregation } from "./get-aggregation";
export { listAggregations } from "./list-aggregations";
export { previewAggregation } from "./preview-aggregation";
