/** What a page may not know: by the bytes that come to it, and by what it asks for. */
export type LeakWatch = {
  frame(bytes: Uint8Array): void;
  /** A label as it was listed or handed out, which the person had not decided when it was asked for. */
  undecided(item: { annotationId: string }): void;
  found: string[];
};

type LeakWatchOptions = {
  /** What names other people, in an independent session; empty in a shared one. */
  others(): readonly string[];
  /** Whether all labels are blind. */
  blind: boolean;
};

/** Whether the job was right, which gives its value away. */
const OUTCOMES = ["CONFIRMS", "CORRECTS"];

export function watchLeaks({ others, blind }: LeakWatchOptions): LeakWatch {
  const found: string[] = [];
  const forbidden = () => [...others(), ...(blind ? OUTCOMES : [])];
  return {
    found,
    frame(bytes) {
      const frame = Buffer.from(bytes);
      for (const word of forbidden())
        if (frame.includes(word)) found.push(`${word} in what came by the socket`);
    },
    undecided(item) {
      const text = JSON.stringify(item);
      for (const word of forbidden()) if (text.includes(word)) found.push(`${word} at ${item.annotationId}`);
      for (const field of blind ? ["value", "conf"] : [])
        if (field in item) found.push(`the ${field} of ${item.annotationId}`);
    },
  };
}
