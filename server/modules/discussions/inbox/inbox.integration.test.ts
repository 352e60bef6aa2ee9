import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFlagInput, type DiscussionNews } from "@/contracts/discussions";
import { type EventListener, openEventListener } from "@/server/platform/events";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { waitFor } from "@/server/testing/wait-for";
import {
  countDiscussions,
  countUnread,
  deleteComment,
  followDiscussions,
  markInbox,
  patchComment,
  patchFlag,
} from "..";
import { openApart, startTalk } from "../testing/talk";

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

const at = (userId: string) => `@{${userId}}`;

describe("an inbox", () => {
  it("tells of mentions and of replies, once each, and never of one's own words", async () => {
    const { say, inboxOf, lead, reviewer, ann } = await startTalk(test.db);
    await say(ann, "is this neg?");
    await say(reviewer, `I think so, ${at(lead.userId)}`);
    await say(lead, `yes ${at(ann.userId)}`);
    const told = async (actor: typeof lead) =>
      (await inboxOf(actor)).items.map(({ kind, by, record }) => [kind, by.name, record.externalId]);
    expect(await told(ann)).toEqual([
      ["mention", "Ada", "a"],
      ["reply", "Rita", "a"],
    ]);
    expect(await told(reviewer)).toEqual([["reply", "Ada", "a"]]);
    expect(await told(lead)).toEqual([["mention", "Rita", "a"]]);
  });

  it("hears of an edit only who is mentioned newly in it", async () => {
    const { say, inboxOf, lead, reviewer, ann } = await startTalk(test.db);
    const { id } = await say(lead, `${at(reviewer.userId)}`);
    await patchComment(test.db, lead, { id, body: `${at(reviewer.userId)} ${at(ann.userId)}` });
    expect((await inboxOf(reviewer)).total).toBe(1);
    expect((await inboxOf(ann)).items).toMatchObject([
      { comment: { mentions: [{ name: "Rita" }, { name: "Ann" }] } },
    ]);
  });

  it("can't be filled by mentioning somebody in one comment again and again", async () => {
    const { say, inboxOf, ann, reviewer } = await startTalk(test.db);
    const { id } = await say(ann, at(reviewer.userId));
    for (const body of ["nobody", at(reviewer.userId), "nobody", at(reviewer.userId)])
      await patchComment(test.db, ann, { id, body });
    expect((await inboxOf(reviewer)).total).toBe(1);
  });

  it("counts what is unread, marks some or all as read or unread, and is nobody else's", async () => {
    const { say, inboxOf, lead, reviewer, ann } = await startTalk(test.db);
    for (let n = 0; n < 3; n++) await say(lead, `${at(reviewer.userId)} ${n}`);
    await say(lead, `${at(ann.userId)}`);
    const { items } = await inboxOf(reviewer, { limit: 2 });
    expect(await countUnread(test.db, reviewer)).toEqual({ unread: 3 });
    const [first = { id: "" }] = items;
    expect(await markInbox(test.db, reviewer, { ids: [first.id], read: true })).toEqual({ unread: 2 });
    expect((await inboxOf(reviewer, { unread: true })).total).toBe(2);
    expect(await markInbox(test.db, ann, { ids: items.map(({ id }) => id), read: true })).toEqual({
      unread: 1,
    });
    expect(await markInbox(test.db, reviewer, { read: true })).toEqual({ unread: 0 });
    expect(await markInbox(test.db, reviewer, { ids: [first.id], read: false })).toEqual({ unread: 1 });
    const { nextCursor } = await inboxOf(reviewer, { limit: 2 });
    expect((await inboxOf(reviewer, { limit: 2, cursor: nextCursor })).items).toHaveLength(1);
  });

  it("holds nothing about a record that is no longer assigned", async () => {
    const { say, inboxOf, lead, ann } = await startTalk(test.db);
    await say(lead, at(ann.userId));
    expect((await inboxOf(ann)).total).toBe(1);
    await test.db.assignment.updateMany({ where: { userId: ann.userId }, data: { withdrawnAt: new Date() } });
    expect((await inboxOf(ann)).total).toBe(0);
    expect(await countUnread(test.db, ann)).toEqual({ unread: 0 });
  });
});

describe("a flag", () => {
  it("is one per person and record while it is open, with the reason given last", async () => {
    const { flag, flagsOf, reviewer, ann, bob } = await startTalk(test.db);
    const first = await flag(reviewer);
    const again = await flag(reviewer, { kind: "other", note: "cut off" });
    expect(again).toMatchObject({ id: first.id, kind: "other", note: "cut off", excerpt: "Text of a" });
    await flag(ann, { kind: "notInSchema" });
    expect((await flagsOf(reviewer)).items.map(({ author }) => author.name)).toEqual(["Ann", "Rita"]);
    expect((await flagsOf(ann, { mine: true })).total).toBe(1);
    expect((await flagsOf(bob)).total).toBe(0);
    expect(await errorCode(flag(bob))).toBe("not_found");
    const input = { project: "p", recordId: first.recordId, kind: "other" };
    expect(createFlagInput.safeParse(input).error?.issues[0]?.path).toEqual(["note"]);
  });

  it("is withdrawn by its author, resolved with a note by reviewers, of which its author hears", async () => {
    const { flag, flagsOf, inboxOf, lead, reviewer, ann } = await startTalk(test.db);
    const { id } = await flag(ann);
    expect(await errorCode(patchFlag(test.db, reviewer, { id, state: "withdrawn" }))).toBe("forbidden");
    expect(await errorCode(patchFlag(test.db, ann, { id, state: "resolved" }))).toBe("forbidden");
    expect(await patchFlag(test.db, ann, { id, state: "withdrawn" })).toMatchObject({ state: "withdrawn" });
    const next = await flag(ann);
    expect(next.id).not.toBe(id);
    expect(await errorCode(patchFlag(test.db, reviewer, { id, state: "open" }))).toBe("conflict");
    const resolved = { id: next.id, state: "resolved", note: "text mended" } as const;
    expect(await patchFlag(test.db, reviewer, resolved)).toMatchObject({
      settled: { by: { name: "Rita" }, note: "text mended" },
    });
    // Again: nothing more happens.
    await patchFlag(test.db, reviewer, resolved);
    expect((await inboxOf(ann)).items).toMatchObject([
      { kind: "flagResolved", by: { name: "Rita" }, flag: { settled: { note: "text mended" } } },
    ]);
    expect(await errorCode(patchFlag(test.db, ann, { id: next.id, state: "withdrawn" }))).toBe("conflict");
    expect((await flagsOf(lead, { state: "open" })).total).toBe(0);
    expect(await patchFlag(test.db, lead, { id: next.id, state: "open" })).toMatchObject({ settled: null });
    const log = await test.db.auditEvent.findMany({ where: { target: next.id }, orderBy: { id: "asc" } });
    expect(log.map(({ action, details }) => [action, details])).toEqual([
      ["flag.resolved", {}],
      ["flag.reopened", {}],
    ]);
  });
});

describe("where people judge apart from each other", () => {
  it("the note with which one's flag was resolved shows when the words of others do", async () => {
    const talk = await startTalk(test.db);
    const { flag, flagsOf, inboxOf, lead, reviewer } = talk;
    const session = await openApart(talk);
    const { id } = await flag(reviewer);
    await patchFlag(test.db, lead, { id, state: "resolved", note: "surely neg" });
    const notes = async () =>
      [...(await flagsOf(reviewer)).items, (await inboxOf(reviewer)).items[0]?.flag].map(
        (one) => one?.settled?.note,
      );
    expect(await notes()).toEqual([null, null]);
    await test.db.verificationSession.update({ where: { id: session.id }, data: { state: "closed" } });
    expect(await notes()).toEqual(["surely neg", "surely neg"]);
  });
});

describe("the session in which something was said", () => {
  it("is named to whoever may see it, and to nobody else", async () => {
    const talk = await startTalk(test.db);
    const { say, inboxOf, lead, reviewer, ann } = talk;
    const { id: sessionId } = await openApart(talk);
    await say(lead, `${at(reviewer.userId)} ${at(ann.userId)}`, { sessionId });
    const where = { where: { id: sessionId } };
    const { projectId, name } = await test.db.verificationSession.update({
      ...where,
      data: { state: "closed" },
    });
    const told = async (actor: typeof lead) => (await inboxOf(actor)).items.map(({ session }) => session);
    expect(await told(reviewer)).toMatchObject([{ id: sessionId, name }]);
    expect(await told(ann)).toEqual([null]);
    await test.db.sessionMember.create({ data: { projectId, sessionId, userId: ann.userId } });
    expect(await told(ann)).toMatchObject([{ id: sessionId, name }]);
  });
});

describe("the counts of rows", () => {
  it("hold comments, open flags and one's own, of records in reach about which something was said", async () => {
    const { say, flag, lead, reviewer, ann, a, b } = await startTalk(test.db);
    const { id } = await say(lead, "gone");
    await deleteComment(test.db, lead, { id });
    await say(lead, "here");
    await say(lead, "there", { recordId: b });
    const own = await flag(ann);
    await flag(reviewer);
    const counts = async (actor: typeof lead) =>
      (await countDiscussions(test.db, actor, { recordIds: [a, b] })).items;
    expect(await counts(ann)).toEqual([
      { recordId: a, comments: 1, openFlags: 2, ownFlag: { id: own.id, kind: "wrongText", note: null } },
    ]);
    expect(await counts(lead)).toMatchObject([
      { recordId: a, ownFlag: null },
      { recordId: b, comments: 1 },
    ]);
    expect((await countDiscussions(test.db, lead, { recordIds: [] })).items).toEqual([]);
  });
});

describe("the stream of a project's discussions", () => {
  it("tells how much is unread at once, then also about which records something was said", async () => {
    const { say, flag, lead, ann, bob, a, b } = await startTalk(test.db);
    const heard = new Map([ann, bob].map((actor): [typeof ann, DiscussionNews[]] => [actor, []]));
    const following = [...heard].map(async ([actor, news]) => {
      for await (const one of followDiscussions(test.db, actor, { signal: stop.signal, listener }))
        news.push(one);
    });
    const newsOf = (actor: typeof ann) => heard.get(actor) ?? [];
    await waitFor("the first messages", () => newsOf(ann).length > 0 && newsOf(bob).length > 0);
    expect(newsOf(ann)).toEqual([{ unread: 0, recordIds: null }]);
    await say(lead, `${at(ann.userId)} look`);
    const told = await waitFor("the mention", () => newsOf(ann).find(({ recordIds }) => recordIds !== null));
    expect(told).toEqual({ unread: 1, recordIds: [a] });
    await flag(lead, { recordId: b });
    await say(lead, "done");
    await waitFor("more of it", () => newsOf(bob).length > 1);
    expect(
      newsOf(bob)
        .slice(1)
        .flatMap(({ recordIds }) => recordIds),
    ).toEqual([]);
    stop.abort();
    await Promise.all(following);
  });
});
