export { getLabelShares } from "./get-label-shares";
export { getOverview } from "./get-overview";
