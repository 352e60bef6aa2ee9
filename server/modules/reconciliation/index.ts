export { getDisagreements } from "./get-disagreements";
export { listDisagreements } from "./list-disagreements";
export { listReconciliations } from "./list-reconciliations";
export { lookAtDisagreement } from "./look-at-disagreement";
export { reconcile } from "./reconcile";
export { restoreReconciliation } from "./restore-reconciliation";
export { undoReconciliations } from "./undo-reconciliations";
export { watchReconciliations } from "./watch-reconciliations";
