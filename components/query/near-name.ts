/** The name that was probably meant, if one is near enough. */
export function nearName(given: string, names: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, distance: distanceOf(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((one, other) => one.distance - other.distance)[0]?.name;
}

/** How many letters are added, left out, exchanged or swapped with the next between two words. */
function distanceOf(one: string, other: string): number {
  const [from, to] = [[...one], [...other]];
  let older: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [i, letter] of from.entries()) {
    const next = [i + 1];
    for (const [j, facing] of to.entries()) {
      const same = letter === facing ? 0 : 1;
      const swapped =
        i > 0 && j > 0 && letter === to[j - 1] && from[i - 1] === facing ? at(older, j - 1) + 1 : Infinity;
      next.push(Math.min(at(row, j) + same, at(row, j + 1) + 1, at(next, j) + 1, swapped));
    }
    older = row;
    row = next;
  }
  return at(row, to.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
