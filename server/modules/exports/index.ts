export { type ExportFile, openExport } from "./open-export";
