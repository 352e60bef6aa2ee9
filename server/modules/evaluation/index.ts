export { compareAnnotators } from "./compare-annotators";
export { listAnnotators } from "./list-annotators";
export { optionsOfKey, valueKey } from "./statistics/value-key";
