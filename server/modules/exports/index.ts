export { makeCard } from "./card/make-card";
export { renderCard } from "./card/render-card";
export { contentDisposition } from "./file-name";
export { openExport } from "./open-export";
