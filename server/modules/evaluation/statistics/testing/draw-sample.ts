/** `size` of the things at random, without replacement, in the order in which they came. */
export function drawSample<T>(things: readonly T[], size: number, random: () => number): T[] {
  const left = [...things];
  return Array.from({ length: Math.min(size, left.length) }, (_, at) => {
    const other = at + Math.floor(random() * (left.length - at));
    const [one, drawn] = [left[at], left[other]];
    if (one === undefined || drawn === undefined) throw new Error("drawn from nothing");
    left[at] = drawn;
    left[other] = one;
    return drawn;
  });
}
