import type { FieldError } from "@/server/platform/errors";

/**
 * What is wrong with a list of annotators that a caller named at `annotators`.
 * @param names of those who are there, by id
 */
export function annotatorProblems(ids: readonly string[], names: ReadonlyMap<string, string>): FieldError[] {
  return ids.flatMap((id, index) => {
    const path = `annotators.${index}`;
    if (ids.indexOf(id) < index) return [{ path, message: "stands twice" }];
    return names.has(id) ? [] : [{ path, message: "is no job, person or import of this project" }];
  });
}
