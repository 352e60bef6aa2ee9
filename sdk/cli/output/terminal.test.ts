import { expect, it } from "vitest";
import { printJson, type Terminal } from "./terminal";

it("prints JSON that no terminal obeys, and that says the same", async () => {
  let out = "";
  const terminal: Terminal = {
    out: async (data) => {
      out += data;
    },
    err: () => undefined,
    ...{ isOutTty: true, isErrTty: true, columns: 80, hasColour: true },
  };
  const value = { text: "\u001b[2J\u009b31m\u007f\u202eö\u2028\n" };
  await printJson(terminal, value);
  expect(out).toBe('{"text":"\\u001b[2J\\u009b31m\\u007f\\u202eö\\u2028\\n"}\n');
  expect(JSON.parse(out)).toEqual(value);
});
