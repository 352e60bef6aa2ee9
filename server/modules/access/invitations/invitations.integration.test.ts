import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newToken } from "@/server/platform/crypto";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { createActor, createMember } from "@/server/testing/people";
import {
  createInvitation,
  enterProject,
  findInvitation,
  joinByProgram,
  listInvitations,
  type ProjectActor,
  patchMember,
  proveMembership,
  removeMember,
  renewInvitation,
  revokeInvitation,
  verifyAccessToken,
} from "..";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const publicUrl = "https://tandem.example";
const stranger = { actor: null, address: "192.0.2.7" };

async function newProject(): Promise<ProjectActor> {
  const { userId } = await createActor(test.db, { name: "Olga" });
  const id = newId();
  const project = { id, slug: `p-${id}`, name: "Airline", createdById: userId };
  await test.db.project.create({ data: project });
  return createMember(test.db, { project, role: "administrator", name: "Ada" });
}

async function invite(admin: ProjectActor, given: { maxUses?: number | null } = {}) {
  const input = { role: "reviewer" as const, maxUses: 1, expiresInDays: 7, ...given };
  const made = await createInvitation(test.db, admin, input, publicUrl);
  return { id: made.id, token: made.token ?? "", url: made.url };
}

const expire = (id: string) =>
  test.db.invitation.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
const enter = (token: string, name = "Bo") => enterProject(test.db, stranger, { token, name });
const usesOf = async (id: string) => (await test.db.invitation.findUniqueOrThrow({ where: { id } })).uses;

describe("an invitation", () => {
  it("shows its secret once and keeps only a hash", async () => {
    const admin = await newProject();
    const { id, token, url } = await invite(admin);
    expect(url).toBe(`${publicUrl}/join/${token}`);
    const row = await test.db.invitation.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain(token);
    const list = await listInvitations(test.db, admin, { project: admin.projectSlug, limit: 50 });
    expect(list.items).toMatchObject([{ id, state: "active", uses: 0, createdBy: { name: "Ada" } }]);
    expect(JSON.stringify(list)).not.toContain(token);
  });

  it("says what it is for, and looking uses nothing up", async () => {
    const admin = await newProject();
    const { id, token } = await invite(admin);
    const shown = await findInvitation(test.db, { token });
    expect(shown).toEqual({
      project: { name: "Airline" },
      role: "reviewer",
      invitedBy: "Ada",
      state: "active",
    });
    expect(await usesOf(id)).toBe(0);
  });

  it("lets one of twelve strangers in who come for its only use at once", async () => {
    const admin = await newProject();
    const { id, token } = await invite(admin);
    const before = await test.db.user.count();
    const ends = await Promise.all(
      Array.from({ length: 12 }, (_, n) => errorCode(enter(token, `Person ${n}`))),
    );
    expect(ends.filter((end) => end === "no error")).toHaveLength(1);
    expect(ends.filter((end) => end === "invitation_used")).toHaveLength(11);
    expect(await usesOf(id)).toBe(1);
    expect(await test.db.user.count()).toBe(before + 1);
    expect(await test.db.membership.count({ where: { projectId: admin.projectId, invitationId: id } })).toBe(
      1,
    );
  });

  it("lets in as many as it says", async () => {
    const { token } = await invite(await newProject(), { maxUses: 3 });
    const ends = await Promise.all(Array.from({ length: 8 }, () => errorCode(enter(token))));
    expect(ends.filter((end) => end === "no error")).toHaveLength(3);
  });

  it("says of each kind of death which it is", async () => {
    const admin = await newProject();
    const [used, expired, revoked] = await Promise.all([invite(admin), invite(admin), invite(admin)]);
    await enter(used.token);
    await expire(expired.id);
    await revokeInvitation(test.db, admin, { id: revoked.id });
    expect(await errorCode(enter(used.token))).toBe("invitation_used");
    expect(await errorCode(enter(expired.token))).toBe("invitation_expired");
    expect(await errorCode(enter(revoked.token))).toBe("invitation_revoked");
    const forged = [
      "",
      "join_x",
      newToken("join"),
      newToken("tandem"),
      `${used.token}x`,
      used.token.slice(0, -1),
    ];
    for (const token of forged) {
      expect(await errorCode(enter(token))).toBe("invitation_unknown");
      expect(await errorCode(findInvitation(test.db, { token }))).toBe("invitation_unknown");
    }
    const states = await listInvitations(test.db, admin, { project: "", limit: 50 });
    expect(new Map(states.items.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [used.id, "used"],
        [expired.id, "expired"],
        [revoked.id, "revoked"],
      ]),
    );
  });

  it("is as new when renewed, and the old link is dead", async () => {
    const admin = await newProject();
    const { id, token } = await invite(admin);
    await enter(token);
    await expire(id);
    const renewed = await renewInvitation(test.db, admin, { id }, publicUrl);
    expect(renewed).toMatchObject({ id, uses: 0, state: "active" });
    expect(await errorCode(enter(token))).toBe("invitation_unknown");
    expect(await errorCode(enter(renewed.token ?? ""))).toBe("no error");
  });

  it("stays dead when revoked", async () => {
    const admin = await newProject();
    const { id } = await invite(admin);
    await revokeInvitation(test.db, admin, { id });
    await revokeInvitation(test.db, admin, { id });
    expect(await errorCode(renewInvitation(test.db, admin, { id }, publicUrl))).toBe("invitation_revoked");
  });

  it("of another project does not exist", async () => {
    const other = await newProject();
    const { id } = await invite(await newProject());
    expect(await errorCode(renewInvitation(test.db, other, { id }, publicUrl))).toBe("not_found");
    expect(await errorCode(revokeInvitation(test.db, other, { id }))).toBe("not_found");
    expect((await listInvitations(test.db, other, { project: "", limit: 50 })).total).toBe(0);
  });
});

describe("joining", () => {
  it("makes a guest of a stranger with a name only", async () => {
    const admin = await newProject();
    const { token } = await invite(admin);
    const { project, session } = await enter(token, "Bo");
    expect(project).toEqual({ id: admin.projectId, slug: admin.projectSlug, role: "reviewer" });
    const user = await test.db.user.findUniqueOrThrow({ where: { id: session?.userId } });
    expect(user).toMatchObject({ name: "Bo", email: null, passwordHash: null, instanceRole: "guest" });
  });

  it("needs the name of a stranger", async () => {
    const { token, id } = await invite(await newProject());
    expect(await errorCode(enterProject(test.db, stranger, { token }))).toBe("invalid");
    expect(await usesOf(id)).toBe(0);
  });

  it("gives somebody known a membership and no second identity", async () => {
    const admin = await newProject();
    const { token, id } = await invite(admin, { maxUses: 5 });
    const actor = await createActor(test.db, { name: "Cleo" });
    const before = await test.db.user.count();
    for (let time = 0; time < 3; time++) {
      const { project, session } = await enterProject(test.db, { actor, address: null }, { token });
      expect([project.id, session]).toEqual([admin.projectId, null]);
    }
    expect(await test.db.user.count()).toBe(before);
    expect(await usesOf(id)).toBe(1);
  });

  it("keeps a member's role when they open an invitation for another", async () => {
    const admin = await newProject();
    const { token } = await invite(admin);
    const actor = { ...(await createActor(test.db)), userId: admin.userId };
    const { project } = await enterProject(test.db, { actor, address: null }, { token });
    expect(project.role).toBe("administrator");
  });

  it("by the same link is closed to who was removed, and open by another", async () => {
    const admin = await newProject();
    const { token } = await invite(admin, { maxUses: null });
    const actor = await createActor(test.db);
    const who = { actor, address: null };
    await enterProject(test.db, who, { token });
    await removeMember(test.db, admin, { userId: actor.userId });
    expect(await errorCode(enterProject(test.db, who, { token }))).toBe("forbidden");
    const fresh = await invite(admin);
    expect(await errorCode(enterProject(test.db, who, { token: fresh.token }))).toBe("no error");
  });

  it("is closed to who was disabled", async () => {
    const admin = await newProject();
    const member = await createMember(test.db, {
      project: { id: admin.projectId, slug: admin.projectSlug },
      role: "annotator",
    });
    await patchMember(test.db, admin, { userId: member.userId, disabled: true });
    const { token } = await invite(admin, { maxUses: null });
    const actor = { userId: member.userId, name: "x", instanceRole: "guest" as const };
    expect(await errorCode(enterProject(test.db, { actor, address: null }, { token }))).toBe("forbidden");
  });

  it("by HTTP gives an access token for this project alone", async () => {
    const admin = await newProject();
    const other = await newProject();
    const { token } = await invite(admin);
    const joined = await joinByProgram(test.db, stranger, { token, name: "Dee" });
    expect(joined).toMatchObject({ user: { name: "Dee" }, project: { slug: admin.projectSlug } });
    const actor = await verifyAccessToken(test.db, joined.token);
    if (!actor) throw new Error("the token is not known");
    await test.db.membership.create({
      data: { projectId: other.projectId, userId: actor.userId, role: "viewer" },
    });
    expect((await proveMembership(test.db, actor, admin.projectSlug)).role).toBe("reviewer");
    expect(await errorCode(proveMembership(test.db, actor, other.projectSlug))).toBe("not_found");
  });

  it("with a known e-mail address is refused and uses nothing up", async () => {
    const admin = await newProject();
    const { token, id } = await invite(admin, { maxUses: 9 });
    const account = { email: "dee@example.org", password: "correct horse battery staple" };
    const ends = await Promise.all(
      [1, 2, 3].map(() => errorCode(joinByProgram(test.db, stranger, { token, name: "Dee", ...account }))),
    );
    expect(ends.sort()).toEqual(["email_taken", "email_taken", "no error"]);
    expect(await usesOf(id)).toBe(1);
  });

  it("refuses half an account and a weak password", async () => {
    const { token, id } = await invite(await newProject());
    const join = (extra: { email?: string; password?: string }) =>
      errorCode(joinByProgram(test.db, stranger, { token, name: "Dee", ...extra }));
    expect(await join({ email: "a@example.org" })).toBe("invalid");
    expect(await join({ password: "correct horse battery staple" })).toBe("invalid");
    expect(await join({ email: "a@example.org", password: "password1" })).toBe("weak_password");
    expect(await usesOf(id)).toBe(0);
  });
});
