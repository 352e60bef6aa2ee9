import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { addSpanJob, createSpanProject, OSLO, ROME } from "@/server/testing/span-project";
import { createSession, listSessionItems } from ".";

let test: TestDatabase;

describe("the items of one record", () => {
  let read: (recordId?: string) => ReturnType<typeof listSessionItems>;
  let records: string[];
  beforeAll(async () => {
    test = await createTestDatabase();
    const { recordIds, ...world } = await createSpanProject(test.db, { records: 3 });
    records = recordIds;
    const [first = "", second = ""] = recordIds;
    const jobId = await addSpanJob(world, recordIds, [
      { recordId: first, value: ["city"], ...OSLO },
      { recordId: second, value: ["city"], ...ROME },
      { recordId: first, value: ["land"], ...ROME },
    ]);
    const { id } = await createSession(test.db, world.member, {
      label: "places",
      jobIds: [jobId],
      order: "confidence",
      mode: "shared",
      blindShare: 0,
      members: [],
    });
    read = (recordId) =>
      listSessionItems(test.db, world.member, { id, recordId, limit: 50, match: "exact", sort: "position" });
  });

  afterAll(() => test.drop());

  it("are all its spans by their place, or that there is none, and are counted", async () => {
    const [first = "", second = "", third = ""] = records;
    const places = async (recordId: string) => {
      const { items, total } = await read(recordId);
      expect(total).toBe(items.length);
      return items.map(({ recordId: of, start, value }) => [of, start, value]);
    };
    expect(await places(first)).toEqual([
      [first, ROME.start, ["land"]],
      [first, OSLO.start, ["city"]],
    ]);
    expect(await places(second)).toEqual([[second, ROME.start, ["city"]]]);
    expect(await places(third)).toEqual([[third, null, []]]);
    expect((await read()).total).toBe(4);
  });

  it("are none of a record that the session does not hold", async () => {
    expect((await read("018f0000-0000-7000-8000-00000000000a")).items).toEqual([]);
  });
});
