/** The bare ids of `job:<id>`, `user:<id>`, `imported:<id>` or `<id>`, each once, in order. */
export function annotatorIds(refs: readonly string[] | undefined): string[] {
  const ids = (refs ?? []).map((ref) => ref.slice(ref.indexOf(":") + 1).toLowerCase());
  return [...new Set(ids)].sort();
}
