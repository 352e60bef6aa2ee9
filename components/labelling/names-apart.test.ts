import { expect, it } from "vitest";
import { namesApart } from "./names-apart";

const reader = { locale: "en-GB", timeZone: "UTC" };
const job = (id: string, name: string, createdAt: string) => ({ id, name, createdAt });

it("leaves a name that nobody else has as it is", () => {
  const names = namesApart(
    [job("a", "Plain v1", "2026-03-01T09:00:00Z"), job("b", "Plain v2", "2026-03-01T09:00:00Z")],
    reader,
  );
  expect([...names.values()]).toEqual(["Plain v1", "Plain v2"]);
});

it("tells jobs of one version apart by when they were started, in the reader's zone", () => {
  const jobs = [job("a", "Plain v1", "2026-03-01T09:00:00Z"), job("b", "Plain v1", "2026-03-04T23:30:00Z")];
  expect([...namesApart(jobs, reader).values()]).toEqual([
    "Plain v1 · 1 Mar, 09:00",
    "Plain v1 · 4 Mar, 23:30",
  ]);
  expect(namesApart(jobs, { ...reader, timeZone: "Asia/Tokyo" }).get("b")).toBe("Plain v1 · 5 Mar, 08:30");
});

it("is as exact as it takes: to the second, with the year, and within one second by the id", () => {
  const apart = (...times: string[]) => [
    ...namesApart(
      times.map((time, index) => job(`id-000${index}`, "Plain v1", time)),
      reader,
    ).values(),
  ];
  expect(apart("2026-03-01T09:00:05Z", "2026-03-01T09:00:41Z")).toEqual([
    "Plain v1 · 1 Mar, 09:00:05",
    "Plain v1 · 1 Mar, 09:00:41",
  ]);
  expect(apart("2025-03-01T09:00:00Z", "2026-03-01T09:00:00Z")).toEqual([
    "Plain v1 · 1 Mar 2025, 09:00",
    "Plain v1 · 1 Mar 2026, 09:00",
  ]);
  expect(apart("2026-03-01T09:00:05Z", "2026-03-01T09:00:05.900Z")).toEqual([
    "Plain v1 · 1 Mar, 09:00:05 · 0000",
    "Plain v1 · 1 Mar, 09:00:05 · 0001",
  ]);
});

it("takes more of the ids where their ends are the same", () => {
  const time = "2026-03-01T09:00:05Z";
  const jobs = [job("018f-7a00c4d1", "Plain v1", time), job("018f-7b00c4d1", "Plain v1", time)];
  expect([...namesApart(jobs, reader).values()]).toEqual([
    "Plain v1 · 1 Mar, 09:00:05 · a00c4d1",
    "Plain v1 · 1 Mar, 09:00:05 · b00c4d1",
  ]);
});
