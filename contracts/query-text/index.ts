export type { QueryNames } from "./names";
export { parseQueryText, placeQueryText } from "./parse-query-text";
export { printQueryText } from "./print-query-text";
export { problemAt, type QueryTextProblem } from "./problem";
