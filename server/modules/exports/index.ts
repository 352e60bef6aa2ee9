export { makeCard } from "./card/make-card";
export { renderCard } from "./card/render-card";
export { contentDisposition } from "./file-name";
export { listChoices } from "./list-choices";
export { openExport, tryExport } from "./open-export";
