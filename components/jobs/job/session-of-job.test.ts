import { expect, it } from "vitest";
import type { Session } from "@/contracts/sessions";
import { sessionOfJob } from "./session-of-job";

const session = (id: string, verified: number, left: number, more: Partial<Session> = {}) => ({
  id,
  label: "sentiment",
  state: "open" as const,
  mode: "shared" as const,
  jobIds: ["job"],
  narrowed: false,
  counts: {
    total: verified + left,
    verified,
    confirmed: 0,
    corrected: 0,
    unsure: 0,
    left,
    hidden: 0,
    blind: 0,
  },
  ...more,
});
const found = (sessions: ReturnType<typeof session>[]) => sessionOfJob(sessions, "job", "sentiment")?.id;

it("goes on where something is left, then where most is done, then where people met first", () => {
  expect(found([session("new", 0, 59), session("old", 8, 51)])).toBe("old");
  expect(found([session("new", 0, 59), session("done", 59, 0)])).toBe("new");
  expect(found([session("new", 0, 59), session("old", 0, 59)])).toBe("old");
});

it("takes no session that is closed, independent, narrowed, or about something else", () => {
  const others: Partial<Session>[] = [
    { state: "closed" },
    { mode: "independent" },
    { narrowed: true },
    { label: "topic" },
    { jobIds: ["job", "other"] },
    { jobIds: ["other"] },
  ];
  for (const more of others) expect(found([session("s", 1, 1, more)])).toBeUndefined();
});
