export const FOLDS = 5;

/**
 * The fold of a record, by a hash of its id: the same one each time, whatever else is there.
 *
 * Source of the hash: G. Fowler, L. C. Noll, K.-P. Vo, FNV-1a with 32 bits.
 */
export function foldOf(recordId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < recordId.length; at++) hash = Math.imul(hash ^ recordId.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % FOLDS;
}

/**
 * What is said of each row by a model that was fitted on the rows of the other folds alone, so that no row is judged by
 * a model that has seen it.
 * @returns in the order of the rows; null when there is no model of some fold
 */
export function crossFit<Row extends { recordId: string }, Model>(
  rows: readonly Row[],
  learn: (rows: readonly Row[]) => Model | null,
  apply: (model: Model, row: Row) => number,
): number[] | null {
  const folds = rows.map(({ recordId }) => foldOf(recordId));
  const models = Array.from({ length: FOLDS }, (_, fold) => {
    const others = rows.filter((_row, at) => folds[at] !== fold);
    return others.length === 0 ? null : learn(others);
  });
  const said: number[] = [];
  for (const [at, row] of rows.entries()) {
    const model = models[folds[at] ?? 0];
    if (model === null || model === undefined) return null;
    said.push(apply(model, row));
  }
  return said;
}
