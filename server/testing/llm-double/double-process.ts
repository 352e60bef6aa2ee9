import type { Fault } from "./faults";
import { startLlmDouble } from "./llm-double";

/**
 * The double in a process of its own, for measurements and for browsers. Arguments: the name of the label's field, then
 * its options by text; `--delay=MS` before them makes every answer wait, `--limit=N` refuses calls beyond N in a second
 * of the clock. Says its address on stdout; ends with its parent.
 */
const given = process.argv.slice(2);
const [field = "Sentiment", ...options] = given.filter((argument) => !argument.startsWith("--"));
const numberOf = (name: string) => {
  const found = given.find((argument) => argument.startsWith(`--${name}=`));
  return found === undefined ? null : Number(found.slice(name.length + 3));
};
const delayMs = numberOf("delay");
const limit = numberOf("limit");
let second = 0;
let taken = 0;

function fault(): Fault | null {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) taken = 0;
  second = now;
  taken += 1;
  if (limit !== null && taken > limit) return { kind: "status", status: 429 };
  return delayMs === null ? null : { kind: "delay", ms: delayMs };
}

const double = await startLlmDouble({ fields: [{ field, options }], fault });
process.stdout.write(`${double.url}\n`);
process.stdin.resume();
process.stdin.once("end", () => process.exit());
