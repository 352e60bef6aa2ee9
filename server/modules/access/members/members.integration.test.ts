import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { createActor, createMember } from "@/server/testing/people";
import { waitFor } from "@/server/testing/wait-for";
import {
  createAccessToken,
  handOutSignInLink,
  listAudit,
  listMembers,
  membershipTopic,
  type ProjectActor,
  patchMember,
  proveMembership,
  redeemSignInLink,
  removeMember,
  verifyAccessToken,
} from "..";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function newProject(role: ProjectActor["role"] = "administrator") {
  const { userId } = await createActor(test.db);
  const project = { id: newId(), slug: `p-${newId()}` };
  await test.db.project.create({ data: { ...project, name: "Airline", createdById: userId } });
  return { project, admin: await createMember(test.db, { project, role, name: "Ada" }) };
}

describe("members", () => {
  it("are listed in pages, without who was removed", async () => {
    const { project, admin } = await newProject();
    const all = [admin.userId];
    for (let n = 0; n < 4; n++)
      all.push((await createMember(test.db, { project, role: "viewer", name: `V${n}` })).userId);
    await removeMember(test.db, admin, { userId: all.pop() ?? "" });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listMembers(test.db, admin, { project: project.slug, limit: 2, cursor });
      expect(page.total).toBe(4);
      seen.push(...page.items.map((member) => member.userId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([...all].reverse());
  });

  it("change role, and the log says from what to what, by whom and from where", async () => {
    const { project, admin } = await newProject();
    const { userId } = await createMember(test.db, { project, role: "viewer", name: "Bo" });
    const from = { ...admin, address: "192.0.2.9" };
    expect(await patchMember(test.db, from, { userId, role: "reviewer" })).toMatchObject({
      role: "reviewer",
    });
    const log = await listAudit(test.db, admin, { project: project.slug, limit: 10, action: "member" });
    expect(log.items).toMatchObject([
      {
        action: "member.role_changed",
        actor: { id: admin.userId, name: "Ada" },
        target: userId,
        details: { name: "Bo", from: "viewer", to: "reviewer" },
        origin: "192.0.2.9",
      },
    ]);
  });

  it("who are disabled or removed do not find the project any more", async () => {
    const { project, admin } = await newProject();
    const { userId } = await createMember(test.db, { project, role: "viewer" });
    const actor = { userId, name: "Bo", instanceRole: "guest" as const };
    await patchMember(test.db, admin, { userId, disabled: true });
    expect(await errorCode(proveMembership(test.db, actor, project.slug))).toBe("not_found");
    await patchMember(test.db, admin, { userId, disabled: false });
    expect(await errorCode(proveMembership(test.db, actor, project.slug))).toBe("no error");
    await removeMember(test.db, admin, { userId });
    expect(await errorCode(proveMembership(test.db, actor, project.slug))).toBe("not_found");
    expect(await errorCode(patchMember(test.db, admin, { userId, role: "viewer" }))).toBe("not_found");
  });

  it("lose the access tokens of the project with it", async () => {
    const { project, admin } = await newProject();
    const { userId } = await createMember(test.db, { project, role: "viewer" });
    const actor = { userId, name: "Bo", instanceRole: "guest" as const };
    const made = await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] });
    expect((await verifyAccessToken(test.db, made.token))?.token?.projectId).toBe(project.id);
    await removeMember(test.db, admin, { userId });
    expect(await verifyAccessToken(test.db, made.token)).toBeNull();
  });

  it("always include an administrator, also when two take each other's role at once", async () => {
    const { project, admin } = await newProject();
    expect(await errorCode(patchMember(test.db, admin, { userId: admin.userId, role: "viewer" }))).toBe(
      "last_administrator",
    );
    expect(await errorCode(removeMember(test.db, admin, admin))).toBe("last_administrator");
    expect(await errorCode(patchMember(test.db, admin, { userId: admin.userId, disabled: true }))).toBe(
      "last_administrator",
    );
    const second = await createMember(test.db, { project, role: "administrator" });
    const ends = await Promise.all([
      errorCode(removeMember(test.db, admin, { userId: second.userId })),
      errorCode(patchMember(test.db, second, { userId: admin.userId, role: "viewer" })),
    ]);
    expect(ends.sort()).toEqual(["last_administrator", "no error"]);
  });

  it("are told to the live servers when, and only when, something changed", async () => {
    const { project, admin } = await newProject();
    const { userId } = await createMember(test.db, { project, role: "viewer" });
    const listener = openEventListener(test.url);
    const told: unknown[] = [];
    await listener.subscribe(membershipTopic(project.id), {
      onEvent: (payload) => told.push(payload),
      onGap: () => undefined,
    });
    await errorCode(removeMember(test.db, admin, admin));
    await patchMember(test.db, admin, { userId, disabled: true });
    await waitFor("the event", () => told.length > 0);
    expect(told).toEqual([{ userId }]);
    await listener.close();
  });
});

describe("a personal sign-in link", () => {
  it("brings a guest back once", async () => {
    const { project, admin } = await newProject();
    const guest = await createMember(test.db, { project, role: "annotator" });
    await test.db.user.update({ where: { id: guest.userId }, data: { instanceRole: "guest" } });
    const { token, url } = await handOutSignInLink(test.db, admin, guest, "https://tandem.example");
    expect(url).toBe(`https://tandem.example/sign-in/${token}`);
    const ends = await Promise.all([1, 2, 3].map(() => errorCode(redeemSignInLink(test.db, token ?? ""))));
    expect(ends.sort()).toEqual(["link_used", "link_used", "no error"]);
    const sessions = await test.db.authSession.findMany({ where: { userId: guest.userId } });
    expect(sessions).toMatchObject([{ method: "link", revokedAt: null }]);
  });

  it("can't be made to reach projects that are not the administrator's", async () => {
    const here = await newProject();
    const elsewhere = await newProject();
    const both = await createMember(test.db, { project: here.project, role: "annotator" });
    const { userId } = both;
    await test.db.membership.create({
      data: { projectId: elsewhere.project.id, userId, role: "administrator" },
    });
    const hand = (by: ProjectActor) => errorCode(handOutSignInLink(test.db, by, { userId }, ""));
    expect(await hand(here.admin)).toBe("forbidden");
    await test.db.user.update({ where: { id: here.admin.userId }, data: { instanceRole: "owner" } });
    expect(await hand(here.admin)).toBe("no error");
    const owner = here.admin.userId;
    const second = await createMember(test.db, { project: here.project, role: "administrator" });
    expect(await errorCode(handOutSignInLink(test.db, second, { userId: owner }, ""))).toBe("forbidden");
  });

  it("made by a limited access token opens no account that reaches further than the token", async () => {
    const [here, elsewhere] = [await newProject(), await newProject()];
    const { userId } = here.admin;
    const guest = await createMember(test.db, { project: here.project, role: "annotator" });
    const prove = (token: { projectId: string | null; scopes: string[] } | null) =>
      proveMembership(
        test.db,
        {
          userId,
          name: "Ada",
          instanceRole: "owner",
          ...(token ? { token: { id: newId(), ...token } } : {}),
        },
        here.project.id,
      );
    const hand = async (to: string, token: Parameters<typeof prove>[0]) =>
      errorCode(handOutSignInLink(test.db, await prove(token), { userId: to }, ""));
    const bound = { projectId: here.project.id, scopes: [] };
    const scoped = { projectId: null, scopes: ["members:manage"] };

    await test.db.user.update({ where: { id: userId }, data: { instanceRole: "owner" } });
    for (const limited of [bound, scoped]) {
      expect(await hand(userId, limited)).toBe("forbidden");
      expect(await hand(guest.userId, limited)).toBe("no error");
    }
    await test.db.user.update({ where: { id: userId }, data: { instanceRole: "member" } });
    const role = "administrator" as const;
    for (const member of [userId, guest.userId])
      await test.db.membership.create({
        data: { projectId: elsewhere.project.id, userId: member, role },
      });
    expect(await hand(guest.userId, bound)).toBe("forbidden");
    expect(await hand(userId, bound)).toBe("forbidden");
    expect(await hand(guest.userId, scoped)).toBe("no error");
    expect(await hand(userId, null)).toBe("no error");
  });

  it("is refused when expired, unknown, or of somebody disabled", async () => {
    const { project, admin } = await newProject();
    const guest = await createMember(test.db, { project, role: "annotator" });
    const { token, id } = await handOutSignInLink(test.db, admin, guest, "");
    await test.db.signInLink.update({ where: { id }, data: { expiresAt: new Date(0) } });
    expect(await errorCode(redeemSignInLink(test.db, token ?? ""))).toBe("link_expired");
    expect(await errorCode(redeemSignInLink(test.db, `${token}x`))).toBe("link_unknown");
    await patchMember(test.db, admin, { userId: guest.userId, disabled: true });
    expect(await errorCode(handOutSignInLink(test.db, admin, guest, ""))).toBe("not_found");
  });
});
