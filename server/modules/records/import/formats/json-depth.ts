/** Levels of a value in a file: deeper ones hold nothing that a person wrote, and neither we nor PostgreSQL walk them. */
export const MAX_LEVELS = 100;

/** Whether arrays and objects stand inside each other more than `levels` deep. */
export function isDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) if (isDeep(inner, levels - 1)) return true;
  return false;
}
