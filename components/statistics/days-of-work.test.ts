import { expect, it } from "vitest";
import { daysOfWork } from "./days-of-work";

it("adds up what people did on a day, the earliest first", () => {
  const of = (id: string, day: string, labels: number, verdicts: number) => ({
    id,
    day,
    labels,
    verdicts,
    reconciled: 1,
  });
  expect(
    daysOfWork([of("a", "2026-03-02", 1, 2), of("b", "2026-03-01", 0, 1), of("b", "2026-03-02", 3, 0)]),
  ).toEqual([
    { day: "2026-03-01", time: Date.parse("2026-03-01"), labels: 0, verdicts: 1, reconciled: 1 },
    { day: "2026-03-02", time: Date.parse("2026-03-02"), labels: 4, verdicts: 2, reconciled: 2 },
  ]);
  expect(daysOfWork([])).toEqual([]);
});
