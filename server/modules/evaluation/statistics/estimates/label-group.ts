/** Labels of one job that are alike in what it gave, about how sure it was, and what people found. */
export type LabelGroup = {
  /** What the job gave, as `valueKey`. */
  predicted: string;
  /** Which of five parts of about the same size its confidence lies in, from 0; null: it has none. */
  bin: number | null;
  /**
   * `blind`: the first verdict, given before the label was seen; `seen`: the verdict that stands; `together`: only one
   * given to several at a stroke, which is no evidence; null: none.
   */
  kind: "blind" | "seen" | "together" | null;
  /** The right value, as `valueKey`; null where nobody could tell or looked. */
  truth: string | null;
  /** In which session it was checked; null: in none, or not at all. */
  sessionId: string | null;
  count: number;
  /** Sums of the confidences, 0 where there is none, and of their squares. */
  conf: number;
  confSquares: number;
  confFrom: number | null;
  confTo: number | null;
  /** Sums of 1/π and 1/π², π being the chance with which each came into its session. */
  weight: number;
  squares: number;
};

/** How a session came by the job's labels that it holds. */
export type SessionDraw = {
  id: string;
  /** Its order is random. */
  shuffled: boolean;
  /** Labels of the population in it. */
  items: number;
  /** Sum of 1/π over them: of how many labels they were drawn, as far as it was at random. */
  frame: number;
  /** All π are the same. */
  equal: boolean;
};

export const sizeOf = (groups: readonly LabelGroup[]): number => sumOf(groups, ({ count }) => count);

export const sumOf = (groups: readonly LabelGroup[], of: (group: LabelGroup) => number): number =>
  groups.reduce((sum, group) => sum + of(group), 0);

/** Somebody looked at each of them and could tell. */
export const isChecked = ({ kind, truth }: LabelGroup): boolean =>
  truth !== null && (kind === "blind" || kind === "seen");

export const isUnsure = ({ kind, truth }: LabelGroup): boolean =>
  truth === null && (kind === "blind" || kind === "seen");

export const isRight = ({ predicted, truth }: LabelGroup): boolean => predicted === truth;
