import { expect, it } from "vitest";
import { readProblem, secondsOf } from "./read-problem";

it.each([
  ["3", 3],
  ["0", 0],
  ["1.5", 1.5],
  ["-1", 0],
  ["Wed, 02 Dec 2026 00:00:30 GMT", 30],
  ["Wed, 02 Dec 2026 00:00:00 GMT", 0],
  ["soon", null],
  ["", null],
  [null, null],
])("Retry-After %s is %s seconds", (header, seconds) => {
  expect(secondsOf(header, Date.UTC(2026, 11, 2))).toBe(seconds);
});

it("takes of a problem only what has the shape of one", async () => {
  const body = { code: 7, detail: "no", errors: [{ path: "a", message: "b" }, { path: 1 }, null, "x"] };
  const error = await readProblem(new Response(JSON.stringify(body), { status: 418 }));
  expect(error).toMatchObject({ code: "http_418", detail: "no", errors: [{ path: "a", message: "b" }] });
  expect(await readProblem(new Response("null", { status: 400 }))).toMatchObject({
    code: "http_400",
    errors: [],
  });
});
