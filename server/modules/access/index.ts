export { type Actor, can, type ProjectActor, requireScope, seesOnlyOwn } from "./actor";
export { proveMembership } from "./prove-membership";
