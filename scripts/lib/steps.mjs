/** Something a person has to put right: its message is one line that says what to do. */
export class Problem extends Error {
  /** @param {string} message @param {string} [output] what the program that failed said */
  constructor(message, output = "") {
    super(message);
    this.output = output;
  }
}

/** What a step may return instead of a result: there was nothing to do. */
export const UNCHANGED = Symbol("unchanged");

/**
 * Does one step of a command and says so, with the time it took.
 * @template T
 * @param {string} name as in "Install packages"
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const started = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`… ${name}`);
  try {
    const result = await work();
    say("✓", name, result === UNCHANGED ? "nothing to do" : seconds(started));
    return result;
  } catch (error) {
    say("✗", name, seconds(started));
    throw error;
  }
}

function say(mark, name, note) {
  process.stdout.write(`${process.stdout.isTTY ? "\r" : ""}${mark} ${name} (${note})\n`);
}

const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;

/** Runs a command of the project; a {@link Problem} ends it with one line, after what the program said. */
export async function command(work) {
  try {
    requireNode();
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.output) process.stderr.write(`${lastLines(error.output)}\n`);
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

const OLDEST_NODE = [20, 9];

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Problem(`Tandem needs Node ${OLDEST_NODE.join(".")} or later; this is ${process.versions.node}.`);
}

/** The end of a long output, where programs say what went wrong. */
export function lastLines(output, count = 60) {
  return output.trimEnd().split("\n").slice(-count).join("\n");
}
