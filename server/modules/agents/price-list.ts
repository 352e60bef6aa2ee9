type ListedPrices = {
  /** When the provider's public list showed these prices. */
  asOf: string;
  /** Which part of them a request in a batch costs, and when the list said so; absent: batches are not handed in. */
  batch?: { factor: number; asOf: string };
  models: Readonly<Record<string, readonly [input: number, output: number]>>;
};

/**
 * US dollars per million input and output tokens at the standard tier (Google's for prompts up to 200,000 tokens),
 * by whose models they are. A new price is a changed line here and its list's new date.
 */
export const priceList: Readonly<Record<string, ListedPrices>> = {
  openai: {
    asOf: "2025-08-07",
    batch: { factor: 0.5, asOf: "2025-08-07" },
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
  anthropic: {
    asOf: "2025-10-15",
    batch: { factor: 0.5, asOf: "2025-10-15" },
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
  google: {
    asOf: "2025-10-15",
    models: {
      "gemini-2.5-pro": [1.25, 10],
      "gemini-2.5-flash": [0.3, 2.5],
      "gemini-2.5-flash-lite": [0.1, 0.4],
      "gemini-2.0-flash": [0.1, 0.4],
      "gemini-2.0-flash-lite": [0.075, 0.3],
    },
  },
};
