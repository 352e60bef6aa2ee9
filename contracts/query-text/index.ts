export type { QueryNames } from "./names";
export { parseQueryText } from "./parse-query-text";
export { printQueryText } from "./print-query-text";
export type { QueryTextProblem } from "./problem";
