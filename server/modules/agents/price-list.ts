type ListedPrices = {
  /** Which part of them a request in a batch costs, and when the list said so; absent: batches are not handed in. */
  batch?: { factor: number; asOf: string };
  /** The newest first. */
  lists: readonly PriceList[];
};

type PriceList = {
  /** When the provider's public list showed these prices. */
  asOf: string;
  models: Readonly<
    Record<string, readonly [input: number, output: number, ...longer: readonly LongPrompt[]]>
  >;
};

/** What a whole call costs whose prompt has more tokens than `above`. */
type LongPrompt = readonly [above: number, input: number, output: number];

/**
 * US dollars per million input and output tokens at the standard tier, by whose models they are; a model that costs
 * more with a long prompt has that price beside it. A new price is a line under the date of its list.
 */
export const priceList: Readonly<Record<string, ListedPrices>> = {
  openai: {
    batch: { factor: 0.5, asOf: "2025-08-07" },
    lists: [
      {
        asOf: "2026-09-22",
        models: {
          "gpt-6-astra": [10, 50, [272_000, 20, 75]],
          "gpt-6-sol": [2, 10, [272_000, 4, 15]],
          "gpt-6-luna": [0.1, 0.5, [272_000, 0.2, 0.75]],
          "gpt-5.6-sol": [4, 20, [272_000, 8, 30]],
          "gpt-5.6-terra": [2, 12, [272_000, 4, 18]],
          "gpt-5.6-luna": [0.2, 1.2, [272_000, 0.4, 1.8]],
        },
      },
      {
        asOf: "2026-06-04",
        models: {
          "gpt-5.5": [5, 30, [272_000, 10, 45]],
          "gpt-5.5-pro": [30, 180, [272_000, 60, 270]],
          "gpt-5.4": [2.5, 15, [272_000, 5, 22.5]],
          "gpt-5.4-mini": [0.75, 4.5],
          "gpt-5.4-nano": [0.2, 1.25],
        },
      },
      {
        asOf: "2025-08-07",
        models: {
          "gpt-3.5-turbo": [0.5, 1.5],
          "gpt-3.5-turbo-1106": [1, 2],
          "gpt-3.5-turbo-instruct": [1.5, 2],
          "davinci-002": [2, 2],
          "babbage-002": [0.4, 0.4],
          "gpt-4": [30, 60],
          "gpt-4-32k": [60, 120],
          "gpt-4-turbo": [10, 30],
          "gpt-4-turbo-preview": [10, 30],
          "gpt-4-0125-preview": [10, 30],
          "gpt-4-1106-preview": [10, 30],
          "gpt-4o": [2.5, 10],
          "gpt-4o-2024-05-13": [5, 15],
          "gpt-4o-mini": [0.15, 0.6],
          "gpt-4.1": [2, 8],
          "gpt-4.1-mini": [0.4, 1.6],
          "gpt-4.1-nano": [0.1, 0.4],
          "gpt-5": [1.25, 10],
          "gpt-5-mini": [0.25, 2],
          "gpt-5-nano": [0.05, 0.4],
          o1: [15, 60],
          "o1-mini": [1.1, 4.4],
          "o1-preview": [15, 60],
          "o1-pro": [150, 600],
          o3: [2, 8],
          "o3-mini": [1.1, 4.4],
          "o3-pro": [20, 80],
          "o4-mini": [1.1, 4.4],
        },
      },
    ],
  },
  anthropic: {
    batch: { factor: 0.5, asOf: "2025-10-15" },
    lists: [
      {
        asOf: "2026-10-07",
        models: {
          "claude-fable-5-1": [10, 50],
          "claude-opus-5-5": [4, 20],
          "claude-opus-5": [5, 25],
          "claude-sonnet-5-5": [2, 10],
          "claude-sonnet-5": [2, 10],
          "claude-haiku-5-5": [0.1, 0.5, [100_000, 0.5, 2.5]],
          "claude-opus-4-6": [5, 25],
          "claude-opus-4-5": [5, 25],
        },
      },
      {
        asOf: "2026-06-28",
        models: { "claude-opus-4-8": [5, 25], "claude-opus-4-7": [5, 25], "claude-sonnet-4-6": [3, 15] },
      },
      {
        asOf: "2025-10-15",
        models: {
          "claude-opus-4-1": [15, 75],
          "claude-opus-4": [15, 75],
          "claude-opus-4-0": [15, 75],
          "claude-sonnet-4-5": [3, 15],
          "claude-sonnet-4": [3, 15],
          "claude-sonnet-4-0": [3, 15],
          "claude-3-7-sonnet": [3, 15],
          "claude-haiku-4-5": [1, 5],
          "claude-3-5-haiku": [0.8, 4],
          "claude-3-haiku": [0.25, 1.25],
        },
      },
    ],
  },
  google: {
    lists: [
      {
        asOf: "2026-10-07",
        models: {
          // Half of it until the end of 2026.
          "gemini-3.8-flash": [1.5, 7.5],
          "gemini-3.5-flash": [1.5, 9],
          "gemini-3.5-flash-lite": [0.3, 2.5],
          "gemini-3.1-pro-preview": [2, 12, [200_000, 4, 18]],
        },
      },
      {
        asOf: "2025-10-15",
        models: {
          "gemini-2.5-pro": [1.25, 10, [200_000, 2.5, 15]],
          "gemini-2.5-flash": [0.3, 2.5],
          "gemini-2.5-flash-lite": [0.1, 0.4],
          "gemini-2.0-flash": [0.1, 0.4],
          "gemini-2.0-flash-lite": [0.075, 0.3],
        },
      },
    ],
  },
};
