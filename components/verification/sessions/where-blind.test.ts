import { expect, it } from "vitest";
import { whereBlind } from "./where-blind";

const here = { id: "here", label: "tone" };
const session = (id: string, more: object = {}) => ({
  id,
  name: id,
  label: "tone",
  state: "open" as const,
  blindShare: 0.2,
  jobIds: ["a"],
  ...more,
});

it("names the open sessions in which a label of the job may be blind, and no other", () => {
  expect(whereBlind([session("First look")], here, "a")).toBe("“First look”");
  expect(whereBlind([session("One"), session("Two", { jobIds: ["b", "a"] })], here, "a")).toBe(
    "“One” or “Two”",
  );
  const others = [
    session("here"),
    session("Closed", { state: "closed" }),
    session("Open to see", { blindShare: 0 }),
    session("Another label", { label: "topic" }),
    session("Another job", { jobIds: ["b"] }),
  ];
  expect(whereBlind(others, here, "a")).toBeNull();
});
