/** One possible answer as the prompt spells it. */
export type PromptOption = { name: string; description?: string };

/** One label that the prompt asks for. */
export type PromptLabel = {
  /** The key under which it is answered, as the format sample spells it. */
  field: string;
  options: PromptOption[];
  /** JSON only: the format sample shows a list. */
  list: boolean;
};

/** What the built-in model understood of a prompt. */
export type ReadPrompt = { labels: PromptLabel[]; form: "text" | "json"; input: string };
