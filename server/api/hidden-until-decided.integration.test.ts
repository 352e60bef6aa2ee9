import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccessToken, type ProjectActor } from "@/server/modules/access";
import { closeDb, type Db, sqlRun } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { createContext } from "./context";
import { handleExport } from "./rest/answer-export";
import { handleExportCard } from "./rest/answer-export-card";
import { createCaller } from "./root";

/**
 * Whatever a person can read is read before and after all that is hidden from them was changed behind their back: if
 * one answer is another one, it holds something hidden. The same answers of an administrator, from whom nothing is
 * hidden outside sessions, must change, or the surface would prove nothing.
 */

type Caller = ReturnType<typeof createCaller>;
type Asked = NonNullable<Parameters<Caller["records"]["search"]>[0]["query"]>;
type Surface = { name: string; read(caller: Caller, token: string): Promise<unknown> };

let test: TestDatabase;
let world: LabelledProject;
let ann: ProjectActor;
let bo: ProjectActor;
let jobs: [string, string];
let sessions: { blind: string; independent: string };
let snapshot: string;
const ids = new Map<string, string>();

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({
    databaseUrl: test.url,
    authSecret: newId(),
    encryptionKey: newId(),
    rateLimit: 0,
    logLevel: "silent",
  });
  world = await createLabelledProject(test.db);
  for (const [name, id] of await addRecords(
    world,
    Array.from({ length: 8 }, (_, at) => ({ externalId: `r${at}` })),
  ))
    ids.set(name, id);
  jobs = [await addJob(world, "One"), await addJob(world, "Two")];
  for (const job of jobs) {
    for (const [at, id] of [...ids.values()].entries()) {
      await addLabels(world, job, [[id, ["pos"]]], { conf: (at + 1) / 10 });
      await test.db.jobItem.create({
        data: {
          projectId: world.project.id,
          jobId: job,
          recordId: id,
          ordinal: at,
          status: "parsed",
          rawAnswer: "pos",
        },
      });
    }
  }
  await test.db.agentVersion.updateMany({ data: { prompt: { labels: ["sentiment"] } } });
  ann = await createMember(test.db, { project: world.project, role: "reviewer", name: "Ann" });
  bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  const root = callerOf(world.member);
  const opened = { project: world.project.slug, label: "sentiment" };
  sessions = {
    blind: (await root.sessions.create({ ...opened, jobIds: [jobs[0]], blindShare: 0.5 })).id,
    independent: (
      await root.sessions.create({ ...opened, jobIds: [jobs[1]], mode: "independent", verdictsPerItem: 3 })
    ).id,
  };
  for (const sessionId of Object.values(sessions)) {
    const items = await test.db.sessionItem.findMany({ where: { sessionId }, orderBy: { position: "asc" } });
    await callerOf(ann).verifications.write({
      project: world.project.slug,
      sessionId,
      items: items.slice(0, 6).map(({ annotationId }) => ({ annotationId, value: ["pos"] })),
    });
  }
  snapshot = (
    await root.aggregation.create({
      project: world.project.slug,
      label: "sentiment",
      policy: "verified-first",
    })
  ).id;
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

const callerOf = ({ userId, userName }: ProjectActor): Caller =>
  createCaller(
    createContext({
      actor: { userId, name: userName, instanceRole: "member" },
      address: null,
      mayChangeCookies: false,
    }),
  );
const tokenOf = async ({ userId, userName }: ProjectActor): Promise<string> => {
  const actor = { userId, name: userName, instanceRole: "member" as const };
  return (
    (await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] })).token ?? ""
  );
};

const label = "sentiment";
const input = () => ({ project: world.project.slug });
const each = async <T>(read: (id: string) => Promise<T>): Promise<T[]> => {
  const answers: T[] = [];
  for (const id of ids.values()) answers.push(await read(id));
  return answers;
};
const foundBy = (caller: Caller, query: Asked) =>
  caller.records
    .search({ ...input(), query, limit: 100, total: "exact" })
    .then(({ items, total }) => [items.map(({ externalId }) => externalId), total]);
const withToken = (path: string, token: string): Request =>
  new Request(`http://host/${path}`, { headers: { authorization: `Bearer ${token}` } });
const exported = (query: string): Surface["read"] =>
  async function read(_caller, token) {
    const answer = await handleExport(withToken(`export?${query}`, token), world.project.slug);
    expect(answer.status).toBe(200);
    return answer.text();
  };

const withoutTime = <T extends { asOf: string }>({ asOf: _asOf, ...figures }: T) => figures;

/** What the product says outside sessions. */
const outside: Surface[] = [
  {
    name: "records with labels and verdicts",
    read: (caller) =>
      caller.records.search({ ...input(), include: ["annotations", "verifications"], limit: 100 }),
  },
  { name: "one record", read: (caller) => each((id) => caller.records.get({ ...input(), id })) },
  {
    name: "history of a record",
    read: (caller) => each((id) => caller.records.history({ ...input(), id })),
  },
  ...["pos", "neu"].map((value) => ({
    name: `search by ${value}`,
    read: (caller: Caller) =>
      foundBy(caller, { label: { name: label, op: "==", value, annotators: [jobs[0]] } }),
  })),
  {
    name: "search by conflict",
    read: (caller) => foundBy(caller, { label: { name: label, op: "conflicts" } }),
  },
  {
    name: "search by what is not",
    read: (caller) => foundBy(caller, { not: { label: { name: label, op: "!=", value: "pos" } } }),
  },
  {
    name: "search by confidence",
    read: (caller) => foundBy(caller, { labelMetadata: { label, name: "conf", op: ">", value: 0.5 } }),
  },
  ...(["CONFIRMS", "CORRECTS"] as const).map((status) => ({
    name: `search by ${status}`,
    read: (caller: Caller) => foundBy(caller, { verification: { label, mode: "VERIFIED", status } }),
  })),
  {
    name: "order by confidence",
    read: (caller) =>
      caller.records
        .search({ ...input(), sort: [{ by: "conf", label, annotator: jobs[0], order: "asc" }], limit: 100 })
        .then(({ items }) => items.map(({ externalId }) => externalId)),
  },
  {
    name: "verdicts",
    read: (caller) => caller.verifications.list({ ...input(), history: true, limit: 500 }),
  },
  {
    name: "strata of a sample",
    read: (caller) =>
      caller.subsets.preview({
        ...input(),
        sample: { size: 4, seed: 1, stratifyBy: { label, annotator: jobs[0] } },
      }),
  },
  {
    name: "comparison with verdicts",
    read: (caller) =>
      caller.compare.compare({ ...input(), label, annotators: jobs, gold: { verified: true } }),
  },
  {
    name: "comparison of jobs",
    read: (caller) => caller.compare.compare({ ...input(), label, annotators: jobs }),
  },
  {
    name: "comparison with final labels",
    read: (caller) =>
      caller.compare.compare({ ...input(), label, annotators: jobs, gold: { final: snapshot } }),
  },
  {
    name: "agreement",
    read: async (caller) => ({ ...(await caller.statistics.agreement({ ...input(), label })), asOf: null }),
  },
  { name: "figures of agents", read: (caller) => caller.compare.agents(input()) },
  ...[0, 1].map((which) => ({
    name: `estimate of job ${which}`,
    read: (caller: Caller) =>
      caller.statistics.estimate({ ...input(), label, jobId: jobs[which] ?? "" }).then(withoutTime),
  })),
  ...(["job", "policy"] as const).map((by) => ({
    name: `distribution by ${by}`,
    read: (caller: Caller) => caller.statistics.distribution({ ...input(), label, by }).then(withoutTime),
  })),
  {
    name: "contributions",
    read: (caller) => caller.statistics.contributions(input()).then(withoutTime),
  },
  { name: "overview", read: (caller) => caller.projects.overview(input()).then(({ agents }) => agents) },
  {
    name: "plan to accept labels",
    read: (caller) => caller.statistics.acceptPlan({ ...input(), label, jobId: jobs[0] }).then(withoutTime),
  },
  { name: "label shares", read: (caller) => caller.projects.labelShares(input()) },
  {
    name: "preview of final labels",
    read: (caller) => caller.aggregation.preview({ ...input(), label, policy: "verified-first" }),
  },
  {
    name: "preview by majority",
    read: (caller) => caller.aggregation.preview({ ...input(), label, policy: "majority" }),
  },
  {
    name: "preview by an estimate",
    read: (caller) => caller.aggregation.preview({ ...input(), label, policy: "dawid-skene" }),
  },
  {
    name: "final labels",
    read: (caller) => caller.aggregation.get({ ...input(), id: snapshot }).then(({ items }) => items),
  },
  {
    name: "disagreements",
    read: (caller) => caller.reconciliations.disagreements({ ...input(), label, state: "all" }),
  },
  {
    name: "examples for prompts",
    read: (caller) => caller.agents.examples({ ...input(), labels: [label] }),
  },
  { name: "export of annotations", read: exported("kind=annotations&format=jsonl") },
  { name: "export of verdicts", read: exported("kind=verifications&format=jsonl") },
  { name: "export of final labels", read: exported(`kind=final&format=jsonl`) },
  { name: "export for another tool", read: exported("kind=annotations&format=labelstudio") },
  {
    name: "data card",
    async read(_caller, token) {
      const answer = await handleExportCard(withToken("export/card?format=json", token), world.project.slug);
      expect(answer.status).toBe(200);
      const { verification, agreement } = await answer.json();
      return { verification, agreement };
    },
  },
];

const jobItems: Surface = {
  name: "items of jobs",
  read: async (caller) => [
    await caller.jobs.items({ ...input(), id: jobs[0] }),
    await caller.jobs.items({ ...input(), id: jobs[1] }),
  ],
};

const filters: Partial<Parameters<Caller["sessions"]["items"]>[0]>[] = [
  { state: "CONFIRMS" },
  { state: "CORRECTS" },
  { value: "pos" },
  { value: "neu" },
  { confFrom: 0.5 },
];

/** What a session says: there an administrator is a person as any other. */
const inside: Surface[] = [
  { name: "sessions", read: (caller) => caller.sessions.list(input()) },
  ...(["blind", "independent"] as const).flatMap((which): Surface[] => [
    {
      name: `the ${which} session`,
      read: (caller) => caller.sessions.get({ ...input(), id: sessions[which] }),
    },
    ...(["position", "confidence", "-confidence"] as const).map((sort) => ({
      name: `items of the ${which} session by ${sort}`,
      read: (caller: Caller) => caller.sessions.items({ ...input(), id: sessions[which], sort }),
    })),
    ...filters.map((filter) => ({
      name: `items of the ${which} session by ${JSON.stringify(filter)}`,
      read: (caller: Caller) => caller.sessions.items({ ...input(), id: sessions[which], ...filter }),
    })),
    {
      name: `news of the ${which} session`,
      async read(caller) {
        for await (const news of await caller.sessions.follow({ ...input(), id: sessions[which] }))
          return news;
      },
    },
    {
      name: `next of the ${which} session`,
      async read(caller) {
        const next = await caller.sessions.next({ ...input(), id: sessions[which] });
        if (next) await caller.sessions.giveBack({ ...input(), id: next.lease.id });
        return next?.item;
      },
    },
  ]),
];

async function readAll(surfaces: readonly Surface[], who: ProjectActor): Promise<Map<string, string>> {
  const caller = callerOf(who);
  const token = await tokenOf(who);
  const answers = new Map<string, string>();
  for (const { name, read } of surfaces) answers.set(name, JSON.stringify(await read(caller, token)));
  return answers;
}

const changed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...before].flatMap(([name, answer]) => (after.get(name) === answer ? [] : [name]));

/** Makes all that is hidden from Bo say something else. */
async function changeHidden(db: Db): Promise<void> {
  const hidden = `select i."annotationId" from "SessionItem" i where i."sessionId" = $1::uuid and i."blind"`;
  for (const statement of [
    `update "Annotation" set "value" = '{neu}', "conf" = 1 - "conf", "probabilities" = '{"neu": 1}' where "id" in (${hidden})`,
    `update "AnnotationEvent" set "value" = '{neu}', "conf" = 0.01 where "annotationId" in (${hidden})`,
    `update "JobItem" j set "rawAnswer" = 'neu', "completionTokens" = 77 from "Annotation" a
     where a."id" in (${hidden}) and j."recordId" = a."recordId" and j."jobId" = a."annotatorId"`,
    // What others said of a blind label can be seen in a shared session; not whether the job was right.
    `update "Verification" set "status" = 'CORRECTS' where "annotationId" in (${hidden})`,
    `update "FinalLabel" f set "value" = '{neu}' from "Annotation" a
     where a."id" in (${hidden}) and f."recordId" = a."recordId"`,
  ])
    await sqlRun(db, statement, [sessions.blind]);
  await sqlRun(
    db,
    `update "Verification" set "status" = case when "status" = 'CONFIRMS' then 'CORRECTS' else 'CONFIRMS' end
       ::"VerificationStatus", "value" = '{neu}', "reason" = 'because' where "sessionId" = $1::uuid`,
    [sessions.independent],
  );
  await sqlRun(
    db,
    `update "FinalLabel" f set "value" = '{neu}' from "SessionItem" i
     where i."sessionId" = $1::uuid and f."recordId" = i."recordId"`,
    [sessions.independent],
  );
}

describe("what is hidden until one has decided", () => {
  it("is in no answer to who has not, and in those to an administrator outside sessions", async () => {
    const all = [...outside, jobItems, ...inside];
    const before = await readAll(all, bo);
    const beforeRoot = await readAll(all, world.member);
    await changeHidden(test.db);
    expect(changed(before, await readAll(all, bo))).toEqual([]);
    const told = changed(beforeRoot, await readAll(all, world.member));
    expect(told).toEqual(expect.arrayContaining([...outside, jobItems].map(({ name }) => name)));
    for (const { name } of inside) expect(told).not.toContain(name);
  }, 120_000);

  it("keeps a reviewer from making snapshots that would tell it, and says which session is in the way", async () => {
    const made = callerOf(bo).aggregation.create({ ...input(), label, policy: "majority" });
    await expect(made).rejects.toThrow(/hides labels or verdicts of "sentiment"/);
  });

  it("is there once one has decided, and for everybody once the sessions are closed", async () => {
    const items = await test.db.sessionItem.findMany({
      where: { sessionId: { in: Object.values(sessions) } },
    });
    const cy = await createMember(test.db, { project: world.project, role: "reviewer", name: "Cy" });
    const hiddenFrom = async (who: ProjectActor) => {
      const { items: rows } = await callerOf(who).records.search({
        ...input(),
        include: ["annotations", "verifications"],
        limit: 100,
      });
      const shown = rows.flatMap(({ annotations = [] }) => annotations.map(({ id }) => id));
      const verdicts = rows.flatMap(({ verifications = [] }) => verifications).length;
      return { labels: items.filter(({ annotationId }) => !shown.includes(annotationId)).length, verdicts };
    };
    const blind = items.filter((item) => item.blind);
    expect(await hiddenFrom(bo)).toEqual({ labels: blind.length, verdicts: 6 - (await decidedByAnn(blind)) });
    for (const sessionId of Object.values(sessions))
      await callerOf(bo).verifications.write({
        ...input(),
        sessionId,
        items: items
          .filter((item) => item.sessionId === sessionId)
          .map(({ annotationId }) => ({ annotationId, value: ["neg"] })),
      });
    expect((await hiddenFrom(bo)).labels).toBe(0);
    expect((await hiddenFrom(cy)).labels).toBe(blind.length);
    for (const id of Object.values(sessions))
      await callerOf(world.member).sessions.patch({ ...input(), id, state: "closed" });
    expect(await hiddenFrom(cy)).toEqual(await hiddenFrom(world.member));
  });
});

const decidedByAnn = (items: readonly { annotationId: string }[]): Promise<number> =>
  test.db.verification.count({
    where: {
      sessionId: sessions.blind,
      verifierId: ann.userId,
      annotationId: { in: items.map(({ annotationId }) => annotationId) },
    },
  });
