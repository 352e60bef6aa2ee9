const REFRESH = { usual: 30_000, large: 120_000 };
const LARGE = 100_000;

/** Milliseconds until figures are asked for again: others work meanwhile, but many rows take seconds to count. */
export const refreshOf = ({ state }: { state: { data: { n: number } | undefined } }): number =>
  (state.data?.n ?? 0) > LARGE ? REFRESH.large : REFRESH.usual;
