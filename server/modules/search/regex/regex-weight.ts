/** What an expression may weigh, and all those of one query together: more takes too long to read. */
export const MAX_WEIGHT = 10_000;

/** A class of Unicode is hundreds of ranges, all but some characters a few dozen when case is folded. */
const UNICODE_CLASS = 100;
const NEGATED_CLASS = 20;

const token = /\\[pP](?:\{[^}]{0,40}\}|.)?|\\.|\[\^|\{(\d{1,9})(,?)(\d{0,9})\}|./gsu;

/**
 * About how many steps an expression of RE2's syntax stands for once every repetition is written out: a few characters
 * such as `(?:\pL{100}){10}` can mean very many. Takes any text, right or wrong, in time in proportion to its length,
 * since it is asked before the expression is read.
 */
export function regexWeight(regex: string): number {
  const outside: number[] = [];
  let sum = 0;
  let last = 0;
  for (const [text, least, comma, most] of regex.matchAll(token)) {
    if (text === "(" || text === "[" || text === "[^") {
      outside.push(sum);
      sum = text === "[^" ? NEGATED_CLASS : 0;
      last = 0;
    } else if (text === ")" || text === "]") {
      last = sum;
      sum += outside.pop() ?? 0;
    } else if (least !== undefined) {
      // With no upper end it is written out once more than at least.
      const times = most ? Number(most) : Number(least) + (comma ? 1 : 0);
      sum += last * Math.max(times - 1, 0);
      last *= Math.max(times, 1);
    } else {
      last = /^\\p/i.test(text) ? UNICODE_CLASS : 1;
      sum += last;
    }
  }
  return outside.reduce((all, one) => all + one, sum);
}
