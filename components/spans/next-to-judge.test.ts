import { expect, it } from "vitest";
import { nextToJudge } from "./next-to-judge";
import { spanOf } from "./testing/made-spans";

it("goes on in the text to what nobody has judged, then to what was passed over, then stops", () => {
  const judged = { verdict: { status: "CONFIRMS", by: "Ann", replaced: null } } as const;
  const spans = [
    spanOf({ id: "passed", start: 0, end: 2 }),
    spanOf({ id: "here", start: 4, end: 6 }),
    spanOf({ id: "judged", start: 7, end: 8, ...judged }),
    spanOf({ id: "own", start: 8, end: 9, by: { kind: "user", name: "Bo" } }),
    spanOf({ id: "next", start: 10, end: 12 }),
  ];
  const here = spanOf({ id: "here", start: 4, end: 6 });
  expect(nextToJudge(spans, here)?.id).toBe("next");
  expect(nextToJudge(spans.slice(0, 4), here)?.id).toBe("passed");
  expect(nextToJudge([here], here)).toBeNull();
});
