import { afterAll, beforeAll, expect, it } from "vitest";
import { createSessionInput, listSessionItemsInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { createSession, listSessionItems, writeVerifications } from ".";

let test: TestDatabase;
let world: LabelledProject;
let ada: ProjectActor;
let bo: ProjectActor;
let sessionId: string;
let ids: Map<string, string>;

beforeAll(async () => {
  test = await createTestDatabase();
  world = await createLabelledProject(test.db);
  ids = await addRecords(world, [
    { externalId: "a", content: "The service was bad" },
    { externalId: "b", content: "Cheap and cheerful" },
    { externalId: "c", content: "Our bags were lost" },
    { externalId: "d", content: "Nothing to add" },
  ]);
  const job = await addJob(world, "Agent");
  await addLabels(
    world,
    job,
    [...ids.values()].map((id) => [id, ["pos"]] as const),
  );
  ada = await createMember(test.db, { project: world.project, role: "reviewer", name: "Ada" });
  bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  const session = await createSession(
    test.db,
    world.member,
    createSessionInput.parse({ project: "airline", label: "sentiment", jobIds: [job] }),
  );
  sessionId = session.id;
  const say = (who: ProjectActor, name: string, value: string[]) =>
    writeVerifications(test.db, who, {
      jobId: job,
      sessionId,
      items: [{ recordId: ids.get(name), label: "sentiment", value }],
    });
  await say(ada, "a", ["neg"]);
  await say(ada, "b", ["pos"]);
  await say(bo, "b", ["neu"]);
  await say(bo, "c", ["neg"]);
});
afterAll(() => test.drop());

async function found(filter: object, who = world.member): Promise<string[]> {
  const input = listSessionItemsInput.parse({ project: "airline", id: sessionId, ...filter });
  const { items, total } = await listSessionItems(test.db, who, input);
  expect(total).toBe(items.length);
  return items.map(({ externalId }) => externalId).sort();
}

it("by the option that people chose", async () => {
  expect(await found({ chosen: "neg" })).toEqual(["a", "c"]);
  expect(await found({ chosen: "pos" })).toEqual([]);
});

it("by whose verdict stands, and by what the asker has not decided, also when another's stands now", async () => {
  expect(await found({ reviewer: ada.userId })).toEqual(["a"]);
  expect(await found({ reviewer: bo.userId })).toEqual(["b", "c"]);
  expect(await found({ state: "undecided-by-me" }, ada)).toEqual(["c", "d"]);
  expect(await found({ state: "undecided-by-me" }, bo)).toEqual(["a", "d"]);
});

it("by an open flag", async () => {
  const { projectId } = world.member;
  const flag = { projectId, authorId: ada.userId, kind: "other" as const };
  await test.db.recordFlag.createMany({
    data: [
      { ...flag, id: newId(), recordId: ids.get("c") ?? "" },
      { ...flag, id: newId(), recordId: ids.get("d") ?? "", state: "resolved" },
    ],
  });
  expect(await found({ flagged: "true" })).toEqual(["c"]);
  expect(await found({ flagged: false })).toEqual(["a", "b", "d"]);
});

it("by words in three ways, with other conditions", async () => {
  expect(await found({ keyword: "CHEAP" })).toEqual(["b"]);
  expect(await found({ keyword: "serivce", match: "fuzzy" })).toEqual(["a"]);
  expect(await found({ keyword: "^(the|our)\\b", match: "regex" })).toEqual(["a", "c"]);
  expect(await found({ keyword: "^(the|our)\\b", match: "regex", reviewer: bo.userId })).toEqual(["c"]);
  expect(await errorCode(found({ keyword: "(", match: "regex" }))).toBe("invalid_regex");
});
