import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patchCommentInput } from "@/contracts/discussions";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { addVerdict } from "@/server/testing/labelled-project";
import { deleteComment, listMentionablePeople, patchComment } from "..";
import { openApart, startTalk } from "../testing/talk";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const at = (userId: string) => `@{${userId}}`;
const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => "fine",
    (error: { errors?: { path: string; message: string }[] }) => error.errors?.[0] ?? error,
  );

describe("comments on a record", () => {
  it("are read newest first, page by page, by everybody who sees the record and nobody else", async () => {
    const { say, commentsOf, lead, reviewer, viewer, ann, bob } = await startTalk(test.db);
    for (const words of ["one", "two", "three"]) await say(reviewer, words);
    const first = await commentsOf(viewer, { limit: 2 });
    expect(first).toMatchObject({ total: 3, items: [{ body: "three" }, { body: "two" }] });
    await say(lead, "four");
    const rest = await commentsOf(viewer, { limit: 2, cursor: first.nextCursor });
    expect(rest).toMatchObject({ items: [{ body: "one", author: { name: "Rita" } }], nextCursor: null });
    expect((await commentsOf(ann)).items.map(({ body }) => body)).toEqual(["four", "three", "two", "one"]);
    expect(await errorCode(commentsOf(bob))).toBe("not_found");
    expect(await errorCode(say(bob, "hello"))).toBe("not_found");
    expect(await errorCode(commentsOf(viewer, { cursor: "x" }))).toBe("invalid_cursor");
  });

  it("belong to one project", async () => {
    const here = await startTalk(test.db);
    const there = await startTalk(test.db);
    const { id } = await here.say(here.reviewer, "secret");
    expect(await errorCode(here.commentsOf(there.lead))).toBe("not_found");
    expect(await errorCode(deleteComment(test.db, there.lead, { id }))).toBe("not_found");
    expect(await errorCode(patchComment(test.db, there.lead, { id, resolved: true }))).toBe("not_found");
    expect(await problem(here.say(here.lead, at(there.lead.userId)))).toMatchObject({ path: "body" });
    expect(await errorCode(here.say(here.lead, "hi", { recordId: there.a }))).toBe("not_found");
  });

  it("are about a label of the schema, and written in a session that holds the record, or in none", async () => {
    const talk = await startTalk(test.db);
    const { id: sessionId } = await openApart(talk);
    const said = await talk.say(talk.lead, "so", { label: "sentiment", sessionId });
    expect(said).toMatchObject({ label: "sentiment", sessionId });
    expect(await problem(talk.say(talk.lead, "so", { label: "topic" }))).toEqual({
      path: "label",
      message: "is none of sentiment",
    });
    expect(await problem(talk.say(talk.lead, "so", { sessionId: talk.a }))).toMatchObject({
      path: "sessionId",
    });
    // The session is not opened to the annotator, though it holds the record that is assigned to them.
    expect(await problem(talk.say(talk.ann, "so", { sessionId }))).toMatchObject({ path: "sessionId" });
  });

  it("are edited by their author alone, who may not empty them", async () => {
    const { say, lead, reviewer } = await startTalk(test.db);
    const { id } = await say(reviewer, "first");
    expect(await patchComment(test.db, reviewer, { id, body: "second" })).toMatchObject({
      body: "second",
      editedAt: expect.any(String),
    });
    expect(await errorCode(patchComment(test.db, lead, { id, body: "third" }))).toBe("forbidden");
    const input = { project: "p", id };
    expect(patchCommentInput.safeParse({ ...input, body: "  " }).success).toBe(false);
    expect(patchCommentInput.safeParse({ ...input, body: "😀".repeat(4000) }).success).toBe(true);
    expect(patchCommentInput.safeParse({ ...input, body: "x".repeat(4001) }).success).toBe(false);
    expect(patchCommentInput.safeParse(input).success).toBe(false);
  });

  it("are resolved by their author and by reviewers, which the log tells of others", async () => {
    const { say, ann, reviewer, viewer } = await startTalk(test.db);
    const { id } = await say(ann, "unclear");
    const { id: other } = await say(reviewer, "mine");
    expect(await patchComment(test.db, ann, { id, resolved: true })).toMatchObject({
      resolved: { by: { name: "Ann" } },
    });
    expect(await patchComment(test.db, reviewer, { id, resolved: false })).toMatchObject({ resolved: null });
    expect(await errorCode(patchComment(test.db, ann, { id: other, resolved: true }))).toBe("forbidden");
    expect(await errorCode(patchComment(test.db, viewer, { id, resolved: true }))).toBe("forbidden");
    const log = await test.db.auditEvent.findMany({ where: { target: id } });
    expect(log.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["comment.reopened", reviewer.userId],
    ]);
  });

  it("are deleted by their author and administrators: the words go, that there was one stays", async () => {
    const { say, commentsOf, inboxOf, lead, ann, reviewer } = await startTalk(test.db);
    const own = await say(ann, `look ${at(reviewer.userId)}`);
    const other = await say(ann, "again");
    expect(await errorCode(deleteComment(test.db, reviewer, own))).toBe("forbidden");
    await deleteComment(test.db, ann, own);
    await deleteComment(test.db, lead, other);
    const { items } = await commentsOf(reviewer);
    expect(items).toMatchObject([
      { id: other.id, body: "", deleted: true, mentions: [] },
      { id: own.id, body: "", deleted: true, mentions: [] },
    ]);
    expect((await inboxOf(reviewer)).items).toEqual([]);
    expect(await errorCode(deleteComment(test.db, ann, own))).toBe("not_found");
    expect(await errorCode(patchComment(test.db, ann, { id: own.id, body: "back" }))).toBe("not_found");
    const log = await test.db.auditEvent.findMany({ where: { action: "comment.deleted" } });
    expect(log.map(({ target, details }) => [target, details])).toContainEqual([other.id, {}]);
    expect(log.map(({ target }) => target)).not.toContain(own.id);
  });

  it("go with their record", async () => {
    const { say, commentsOf, inboxOf, lead, reviewer, a } = await startTalk(test.db);
    await say(lead, `look ${at(reviewer.userId)}`);
    await test.db.record.update({ where: { id: a }, data: { deletedAt: new Date() } });
    expect(await errorCode(commentsOf(reviewer))).toBe("not_found");
    expect((await inboxOf(reviewer)).total).toBe(0);
    expect(await errorCode(say(lead, "more"))).toBe("not_found");
  });

  it("come no faster than a person writes", async () => {
    const { say, lead, reviewer, world, a } = await startTalk(test.db);
    const { projectId, userId: authorId } = lead;
    await test.db.comment.createMany({
      data: Array.from({ length: 30 }, () => ({
        id: crypto.randomUUID(),
        projectId,
        recordId: a,
        authorId,
        body: "x",
      })),
    });
    expect(await errorCode(say(lead, "y"))).toBe("rate_limited");
    expect(await errorCode(say(reviewer, "y"))).toBe("no error");
    expect(await test.db.comment.count({ where: { projectId: world.project.id } })).toBe(31);
  });
});

describe("a mention", () => {
  it("reaches members who see the record; others are refused by name and nothing is saved", async () => {
    const { say, commentsOf, lead, ann, bob, reviewer } = await startTalk(test.db);
    const said = await say(lead, `${at(ann.userId)} and ${at(reviewer.userId)}, ${at(lead.userId)}`);
    expect(said.mentions.map(({ name }) => name)).toEqual(["Ann", "Rita", "Ada"]);
    expect(await problem(say(lead, `${at(bob.userId)}?`))).toEqual({
      path: "body",
      message: "mentions Bob, to whom this record is not assigned or opened; take the mention out",
    });
    await test.db.membership.updateMany({
      where: { userId: reviewer.userId },
      data: { removedAt: new Date() },
    });
    expect(await problem(say(lead, at(reviewer.userId)))).toMatchObject({ path: "body" });
    const crowd = Array.from({ length: 21 }, () => at(crypto.randomUUID())).join(" ");
    expect(await problem(say(lead, crowd))).toEqual({
      path: "body",
      message: "mentions more than 20 people",
    });
    expect((await commentsOf(lead)).total).toBe(1);
    // Who was mentioned before is no reason to refuse an edit.
    const edit = { id: said.id, body: `${said.body}!` };
    expect((await patchComment(test.db, lead, edit)).body).toMatch(/!$/);
  });

  it("is offered by a part of the name, to an annotator without other annotators", async () => {
    const talk = await startTalk(test.db);
    const { lead, ann, bob, a } = talk;
    const offered = async (actor: typeof lead, q?: string) =>
      (await listMentionablePeople(test.db, actor, { recordId: a, q })).items.map(({ name }) => name);
    expect(await offered(lead)).toEqual(["Rita", "Vic", "Ann"]);
    expect(await offered(lead, "i")).toEqual(["Rita", "Vic"]);
    expect(await offered(lead, "%")).toEqual([]);
    expect(await offered(ann)).toEqual(["Ada", "Rita", "Vic"]);
    const email = "rita@tandem.example";
    await test.db.user.update({ where: { id: talk.reviewer.userId }, data: { email } });
    const asked = (actor: typeof lead) => listMentionablePeople(test.db, actor, { recordId: a, q: "Rita" });
    expect((await asked(lead)).items).toMatchObject([{ role: "reviewer", email }]);
    expect((await asked(ann)).items).toMatchObject([{ role: "reviewer", email: null }]);
    expect(await errorCode(offered(bob))).toBe("not_found");
    expect(await problem(talk.say(ann, at(bob.userId)))).toEqual({
      path: "body",
      message: "mentions somebody who is no member of this project that you know of",
    });
  });

  it("of an annotator by another is possible where a shared session is opened to both", async () => {
    const talk = await startTalk(test.db);
    const session = await openApart(talk);
    const { id } = session;
    await test.db.verificationSession.update({ where: { id }, data: { mode: "shared" } });
    const { projectId } = talk.lead;
    await test.db.sessionMember.createMany({
      data: [talk.ann, talk.bob].map(({ userId }) => ({ projectId, sessionId: id, userId })),
    });
    const said = await talk.say(talk.ann, `${at(talk.bob.userId)} look`, { sessionId: id });
    expect(said.mentions).toMatchObject([{ name: "Bob" }]);
    expect((await talk.inboxOf(talk.bob)).items).toMatchObject([
      { kind: "mention", session: { id, annotationId: session.annotationOf(talk.a) } },
    ]);
  });
});

describe("where people judge apart from each other", () => {
  it("a comment shows to each after their own verdict, or when the session has closed", async () => {
    const talk = await startTalk(test.db);
    const { say, commentsOf, inboxOf, lead, reviewer, viewer, a } = talk;
    const session = await openApart(talk);
    await say(lead, `surely neg ${at(reviewer.userId)} ${at(viewer.userId)}`);
    const own = await say(reviewer, "I think pos");
    const seenBy = async (actor: typeof lead, more = {}) =>
      (await commentsOf(actor, more)).items.map(({ body }) => body.split(" @")[0]);
    expect(await seenBy(reviewer)).toEqual([own.body]);
    expect(await seenBy(viewer)).toEqual([]);
    expect((await inboxOf(reviewer)).total).toBe(0);
    expect(await seenBy(lead)).toEqual(["I think pos", "surely neg"]);
    expect(await seenBy(lead, { sessionId: session.id })).toEqual(["surely neg"]);
    const job = await test.db.annotation.findUniqueOrThrow({ where: { id: session.annotationOf(a) } });
    const verdict = await addVerdict(talk.world, {
      jobId: job.annotatorId,
      recordId: a,
      verifier: reviewer,
      status: "CONFIRMS",
      value: ["pos"],
    });
    expect(await seenBy(reviewer)).toEqual([own.body]);
    await test.db.verification.update({ where: { id: verdict }, data: { sessionId: session.id } });
    expect(await seenBy(reviewer)).toEqual(["I think pos", "surely neg"]);
    expect((await inboxOf(reviewer)).items).toMatchObject([{ kind: "mention", read: false }]);
    expect(await seenBy(viewer)).toEqual([]);
    await test.db.verificationSession.update({ where: { id: session.id }, data: { state: "closed" } });
    expect(await seenBy(viewer)).toEqual(["I think pos", "surely neg"]);
  });
});
