export { deleteLlmKey } from "./delete-llm-key";
export { findSavedKey, openSavedKey, savedKeyFor } from "./find-saved-key";
export { listLlmKeys } from "./list-llm-keys";
export { saveLlmKey } from "./save-llm-key";
