/** The digest under which the server logged an error of its own; undefined for an error of the browser. */
export function errorReference(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
