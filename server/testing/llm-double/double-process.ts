import { startLlmDouble } from "./llm-double";

/**
 * The double in a process of its own, for measurements and for browsers. Arguments: the name of the label's field, then
 * its options by text. Says its address on stdout; ends with its parent.
 */
const [field = "Sentiment", ...options] = process.argv.slice(2);
const double = await startLlmDouble({ fields: [{ field, options }] });
process.stdout.write(`${double.url}\n`);
process.stdin.resume();
process.stdin.once("end", () => process.exit());
