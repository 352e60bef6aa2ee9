export { cancelAggregation } from "./cancel-aggregation";
export { createAggregation } from "./create-aggregation";
export { getAggregation } from "./get-aggregation";
export { listAggregations } from "./list-aggregations";
export { makeAggregation } from "./make-aggregation";
export { previewAggregation } from "./preview-aggregation";
export { requireReady } from "./require-snapshot";
export { watchAggregations } from "./watch-aggregations";
