import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionNews } from "@/contracts/sessions";
import { annotationIdsOf, openSession } from "@/server/collab/testing/live-world";
import { type EventListener, openEventListener } from "@/server/platform/events";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { addJob, addLabels, addRecords, createLabelledProject } from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { waitFor } from "@/server/testing/wait-for";
import { followSession, patchSession, writeVerifications } from ".";

let test: TestDatabase;
let listener: EventListener;
const stop = new AbortController();

beforeAll(async () => {
  test = await createTestDatabase();
  listener = openEventListener(test.url);
});
afterAll(async () => {
  stop.abort();
  await listener.close();
  await test.drop();
});

async function openWorld() {
  const world = await createLabelledProject(test.db);
  const records = await addRecords(world, [{ externalId: "a" }, { externalId: "b" }]);
  const jobId = await addJob(world);
  await addLabels(
    world,
    jobId,
    [...records.values()].map((id) => [id, ["pos"]] as const),
  );
  const session = await openSession(world, jobId);
  return { ...world, session, keys: await annotationIdsOf(test.db, session.id) };
}

describe("the stream of a session", () => {
  it("tells figures at once, then verdicts and the session's state as they change", async () => {
    const { member, session, keys } = await openWorld();
    const news: SessionNews[] = [];
    const following = (async () => {
      const options = { id: session.id, signal: stop.signal, listener };
      for await (const one of followSession(test.db, member, options)) news.push(one);
    })();
    await waitFor("the first figures", () => news.length > 0);
    expect(news[0]).toMatchObject({
      state: "open",
      counts: { total: 2, left: 2 },
      agreement: null,
      changes: [],
    });
    const [key = ""] = keys;
    await writeVerifications(test.db, member, { items: [{ annotationId: key, value: ["neg"] }] });
    const told = await waitFor("the verdict", () => news.find(({ changes }) => changes.length > 0));
    expect(told.counts.corrected).toBe(1);
    expect(told.changes).toMatchObject([
      { annotationId: key, verdict: { status: "CORRECTS", value: ["neg"], by: { id: member.userId } } },
    ]);
    await patchSession(test.db, member, { id: session.id, state: "closed" });
    await waitFor("the end of the session", () => news.at(-1)?.state === "closed");
    stop.abort();
    await following;
  });

  it("ends for who is no member any more", async () => {
    const { project, session } = await openWorld();
    const gone = await createMember(test.db, { project, role: "reviewer" });
    await test.db.membership.update({
      where: { projectId_userId: { projectId: project.id, userId: gone.userId } },
      data: { removedAt: new Date() },
    });
    const { signal } = new AbortController();
    const options = { id: session.id, signal, listener };
    expect(await errorCode(followSession(test.db, gone, options).next())).toBe("not_found");
  });
});
