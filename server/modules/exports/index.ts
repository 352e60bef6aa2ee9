export { openExport } from "./open-export";
