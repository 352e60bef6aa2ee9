import { RE2JS, RE2JSException } from "re2js";
import { expect, it } from "vitest";
import { syntaxWords } from "./syntax-words";

function said(regex: string): string {
  try {
    RE2JS.compile(regex);
  } catch (error) {
    if (error instanceof RE2JSException) return syntaxWords(regex, error);
  }
  throw new Error(`${regex} can be read`);
}

it.each([
  ["late|(delayed", `"(" at character 6 is never closed; add ")"`],
  ["(a)(b(c)", `"(" at character 4 is never closed`],
  ["[()](", `"(" at character 5 is never closed`],
  ["\\((", `"(" at character 3 is never closed`],
  ["😀a)b", `")" at character 3 closes nothing`],
  ["[])]x)", `")" at character 6 closes nothing`],
  ["(a) [b-", `"[" at character 5 is never closed; add "]"`],
  ["a|*", `"*" at character 3 has nothing before it to repeat`],
  ["ab**", `"**" at character 3 repeats a repetition`],
  ["x{2,1}", `"{2,1}" at character 2 counts wrongly`],
  ["[z-a]", `"z-a" at character 2 is no class or range of characters`],
  ["\\p{Klingon}", `"\\p{Klingon}" at character 1`],
  ["\\y", `"\\y" at character 1 is no escape`],
  ["a\\", "a backslash at the end"],
])("%s", (regex, words) => {
  expect(said(regex)).toContain(`can't be read: ${words}`);
});
