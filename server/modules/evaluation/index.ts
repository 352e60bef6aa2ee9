export { annotatorProblems } from "./annotator-problems";
export { compareAnnotators } from "./compare-annotators";
export { readAnnotatorNames } from "./labeller-repository";
export { listAgentFigures } from "./list-agent-figures";
export { listLabellers } from "./list-labellers";
export { cohenKappa } from "./statistics/cohen-kappa";
export { valueKey } from "./statistics/value-key";
export { wilsonInterval } from "./statistics/wilson";
