/** A field of the answer as the format sample shows it. */
export type Field = { key: string; placeholder: string; list: boolean };

/** `{"Sentiment": …` */
const JSON_SAMPLE = /\{\s*"[^"\n]{1,100}"\s*:/u;
/** `"Sentiment": "<sentiment>"` or `"Topic": ["<topic>"]` */
const JSON_FIELD = /"([^"\n]{1,100})"\s*:\s*(\[?)\s*"?<([^<>\n]{1,200})>/gu;
/** `Sentiment: <sentiment>`, alone on a line or after other words */
const TEXT_FIELD = /([^\n:<>"`]{1,100}):\s*<([^<>\n]{1,200})>/gu;

/** Whether an instruction shows the answer as JSON. */
export function asksForJson(instruction: string): boolean {
  return JSON_SAMPLE.test(instruction);
}

/** The fields of an instruction's format sample, in its order; empty when it shows none with placeholders. */
export function readFields(instruction: string): Field[] {
  const json = [...instruction.matchAll(JSON_FIELD)].map(([, key = "", bracket, placeholder = ""]) => ({
    key,
    placeholder: nameIn(placeholder),
    list: bracket === "[",
  }));
  if (json.length > 0) return json;
  return [...instruction.matchAll(TEXT_FIELD)].map(([, words = "", text = ""]) => {
    const placeholder = nameIn(text);
    // "Answer as Sentiment: <sentiment>": the key is the part that repeats the placeholder.
    const named = words.trim().toLowerCase().endsWith(placeholder.toLowerCase());
    const key = named ? words.trim().slice(-placeholder.length) : words.trim();
    return { key, placeholder, list: false };
  });
}

/** `topic, comma separated` is how the sample of a label with several options spells `topic`. */
function nameIn(placeholder: string): string {
  return placeholder.replace(/, comma separated$/u, "").trim();
}
