/** What may be drawn in a chart, by tokens: they follow the theme without a new drawing. */
export const chartColors = {
  /** The estimate: points, the main line. */
  mark: "var(--accent)",
  /** A second line or a band beside the main one. */
  second: "var(--text-muted)",
  /** Whiskers and bands of uncertainty. */
  uncertainty: "var(--text-muted)",
  /** What would be ideal, or a limit that somebody set. */
  reference: "var(--text-faint)",
  grid: "var(--line)",
  text: "var(--text-muted)",
} as const;

/** For every mark of a chart: figures stand where they are at once, as nothing else in the app moves. */
export const still = { isAnimationActive: false } as const;
