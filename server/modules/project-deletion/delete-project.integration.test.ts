import { spawn } from "node:child_process";
import { once } from "node:events";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type Actor,
  createAccessToken,
  createInvitation,
  findInvitation,
  getMe,
  membershipTopic,
  type ProjectActor,
  proveMembership,
  verifyAccessToken,
} from "@/server/modules/access";
import { createProject, listProjects } from "@/server/modules/projects";
import { openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { startWorker } from "@/server/platform/queue";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { expireLeases } from "@/server/testing/expire-leases";
import { nodeWords } from "@/server/testing/node-words";
import { createActor } from "@/server/testing/people";
import { waitFor } from "@/server/testing/wait-for";
import { handlers } from "@/server/worker/handlers";
import { deleteProject, eraseProject } from ".";
import { countRows, fillProject } from "./testing/fill-project";

let test: TestDatabase;
let founder: Actor;
let project: { id: string; slug: string };
let member: ProjectActor;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});
beforeEach(async () => {
  founder = await createActor(test.db, { name: "Grace" });
  project = await createProject(test.db, founder, { name: "Airline" });
  member = { ...(await proveMembership(test.db, founder, project.id)), address: "192.0.2.7" };
});
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
  await test.pool.query(`delete from "Task"`);
});
afterAll(() => test.drop());

const remove = (name = "Airline") => deleteProject(test.db, member, { name });
const rowOfProject = () => test.db.project.findUnique({ where: { id: project.id } });
const context = (isCurrent: () => Promise<boolean> = async () => true) => ({
  db: test.db,
  pool: test.pool,
  signal: new AbortController().signal,
  isCurrent,
});
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0);

describe("deleting", () => {
  it("asks for the name, and does nothing for another", async () => {
    await expect(remove("airline")).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "name", message: "is not the name of this project" }],
    });
    expect(await rowOfProject()).toMatchObject({ deletingAt: null, slug: project.slug });
    expect(await errorCode(proveMembership(test.db, founder, project.id))).toBe("no error");
  });

  it("closes every door at once, frees the address, and stays in the instance's audit log", async () => {
    const guest = await createActor(test.db, { instanceRole: "guest" });
    await test.db.membership.create({
      data: { projectId: project.id, userId: guest.userId, role: "annotator" },
    });
    const { token } = await createAccessToken(
      test.db,
      { actor: guest, address: null },
      { expiresInDays: 1, scopes: [] },
    );
    const invitation = await createInvitation(
      test.db,
      member,
      { role: "reviewer", maxUses: 1, expiresInDays: 1 },
      "http://localhost",
    );
    const listener = openEventListener(test.url);
    ends.push(() => listener.close());
    const told: unknown[] = [];
    await listener.subscribe(membershipTopic(project.id), {
      onEvent: (payload) => void told.push(payload),
      onGap: () => undefined,
    });

    await remove();
    await waitFor("the sockets' servers", () => told.length === 2);
    expect(told).toEqual(expect.arrayContaining([{ userId: founder.userId }, { userId: guest.userId }]));
    for (const ref of [project.id, project.slug])
      expect(await errorCode(proveMembership(test.db, founder, ref))).toBe("not_found");
    expect((await listProjects(test.db, founder, { limit: 10 })).items).toEqual([]);
    expect((await getMe(test.db, founder)).projects).toEqual([]);
    expect(await verifyAccessToken(test.db, token)).toBeNull();
    expect(await errorCode(findInvitation(test.db, { token: invitation.token ?? "" }))).toBe(
      "invitation_unknown",
    );
    expect(await errorCode(remove())).toBe("not_found");
    expect(await createProject(test.db, founder, { name: "Other", slug: project.slug })).toMatchObject({
      slug: project.slug,
    });
    expect(await test.db.auditEvent.findMany({ where: { target: project.id, projectId: null } })).toEqual([
      expect.objectContaining({
        action: "project.deleted",
        actorId: founder.userId,
        origin: "192.0.2.7",
        details: { name: "Airline", slug: project.slug },
      }),
    ]);
  });
});

describe("erasing", () => {
  it("touches no project that nobody has deleted", async () => {
    await fillProject(test.pool, project.id, founder.userId);
    const before = await countRows(test.pool, project.id);
    await eraseProject(context(), { projectId: project.id });
    expect(await countRows(test.pool, project.id)).toEqual(before);
  });

  it("goes on where it stopped, leaves nothing, and nothing of another project with the same ids goes", async () => {
    const other = await createProject(test.db, founder, { name: "Airline" });
    for (const { id } of [project, other]) await fillProject(test.pool, id, founder.userId);
    const whole = await countRows(test.pool, other.id);
    const empty = Object.entries(whole).filter(([, rows]) => rows === 0);
    expect(empty).toEqual([]);
    await remove();

    let batches = 0;
    const isLost = async () => ++batches <= 20;
    await expect(eraseProject(context(isLost), { projectId: project.id }, 1)).rejects.toThrow("lease");
    const half = await countRows(test.pool, project.id);
    expect(half).toMatchObject({ CollabRoom: 0, SessionItem: 0, Record: 1 });
    expect(await rowOfProject()).not.toBeNull();

    await eraseProject(context(), { projectId: project.id }, 1);
    expect(sum(await countRows(test.pool, project.id))).toBe(0);
    expect(await rowOfProject()).toBeNull();
    expect(await countRows(test.pool, other.id)).toEqual(whole);
    expect(
      await test.db.auditEvent.findMany({
        where: { target: project.id },
        select: { action: true, details: true },
      }),
    ).toEqual(expect.arrayContaining([{ action: "project.erased", details: {} }]));
    const next = await test.db.task.findMany({ select: { kind: true } });
    expect(next).toContainEqual({ kind: "drop-metadata-indexes" });
    await eraseProject(context(), { projectId: project.id });
  });

  it("waits for a task that a worker holds, and takes those that nobody has out of the queue", async () => {
    const runId = newId();
    await test.db.task.createMany({
      data: [
        {
          id: newId(),
          kind: "run-bulk",
          payload: { projectId: project.id, runId },
          leaseToken: newId(),
          leaseUntil: new Date(Date.now() + 60_000),
        },
        { id: newId(), kind: "count-subsets", payload: { projectId: project.id } },
        { id: newId(), kind: "count-subsets", payload: { projectId: newId() } },
      ],
    });
    await remove();
    await eraseProject(context(), { projectId: project.id });
    expect(await rowOfProject()).not.toBeNull();
    const again = await test.db.task.findFirstOrThrow({ where: { kind: "erase-project" } });
    expect(again.payload).toEqual({ projectId: project.id });

    await expireLeases(test.pool);
    await eraseProject(context(), { projectId: project.id });
    expect(await rowOfProject()).toBeNull();
    expect(await test.db.task.count({ where: { kind: "run-bulk" } })).toBe(0);
    expect(await test.db.task.count({ where: { kind: "count-subsets" } })).toBe(1);
  });

  it("does not wait for ever", async () => {
    await test.db.task.create({
      data: {
        id: newId(),
        kind: "run-bulk",
        payload: { projectId: project.id },
        leaseToken: newId(),
        leaseUntil: new Date(Date.now() + 3_600_000),
      },
    });
    await remove();
    await test.pool.query(`update "Project" set "deletingAt" = now() - interval '1 hour' where "id" = $1`, [
      project.id,
    ]);
    await eraseProject(context(), { projectId: project.id });
    expect(await rowOfProject()).toBeNull();
    expect(await test.db.task.count({ where: { kind: "run-bulk" } })).toBe(0);
  });

  it("is done by a worker that takes over from one that was killed in the middle", async () => {
    const { pool, db, url } = test;
    await fillProject(pool, project.id, founder.userId);
    const held = await holdDeletes(pool, "Record");
    const words = nodeWords("server/testing/full-worker-process.ts");
    const child = spawn(process.execPath, [...words, url], { stdio: "inherit" });
    const ended = once(child, "exit");
    await remove();
    await held.reached();
    child.kill("SIGKILL");
    await ended;
    await held.end();
    expect(await countRows(pool, project.id)).toMatchObject({ Annotation: 0, Record: 1, AuditEvent: 2 });

    await expireLeases(pool);
    const listener = openEventListener(url);
    const log = pino({ level: "silent" });
    const worker = await startWorker({ pool, db, listener, log, concurrency: 1, handlers });
    ends.push(async () => {
      await worker.stop();
      await listener.close();
    });
    await waitFor("the end of the project", async () => (await rowOfProject()) === null);
    expect(sum(await countRows(pool, project.id))).toBe(0);
  });
});

const LOCK = 4712;
const WAITING = `select pid from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

/** Deletions of a table's rows, which wait: so a process can be killed at a known moment. */
async function holdDeletes(pool: TestDatabase["pool"], table: string) {
  const holder = await pool.connect();
  await holder.query("select pg_advisory_lock($1)", [LOCK]);
  await holder.query(`create function hold_deletes() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(${LOCK}); return old; end $$`);
  await holder.query(
    `create trigger hold_deletes before delete on "${table}" for each row execute function hold_deletes()`,
  );
  return {
    reached: () =>
      waitFor(`a deletion in ${table}`, async () => (await holder.query(WAITING)).rowCount, 60_000),
    async end() {
      await holder.query(`select pg_terminate_backend(pid, 5000) from (${WAITING}) waiting`);
      await holder.query("drop function hold_deletes() cascade");
      await holder.query("select pg_advisory_unlock($1)", [LOCK]);
      holder.release();
    },
  };
}
