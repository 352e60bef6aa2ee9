import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { optionsOfKey } from "@/contracts/value-key";
import { ensureAnnotator } from "@/server/modules/annotations";
import { valueKey } from "@/server/modules/evaluation";
import { reconcile } from "@/server/modules/reconciliation";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  addVerdict,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { createAggregation, getAggregation, previewAggregation } from ".";
import { majority } from "./policies/majority";
import { type Decision, reconciledFirst } from "./policies/reconciled-first";
import { type AcceptedLabel, type Verdict, verifiedFirst } from "./policies/verified-first";
import type { Vote } from "./policies/votes";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const ANNOTATORS = 5;
const VERIFIERS = 3;
const options = ["[x", "a", "b", "ü"];

const value = fc
  .uniqueArray(fc.constantFrom(...options), { minLength: 1, maxLength: 2 })
  .map((chosen) => chosen.sort());
const record = fc.record({
  votes: fc.array(fc.tuple(fc.nat(ANNOTATORS - 1), value), { maxLength: 6 }),
  verdicts: fc.array(
    fc.record({
      by: fc.nat(VERIFIERS - 1),
      on: fc.nat(ANNOTATORS - 1),
      status: fc.constantFrom("CONFIRMS", "CORRECTS", "UNSURE"),
      value,
      at: fc.nat(3),
      current: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  decided: fc.option(value),
});

it("in the database is what each policy says of one record alone", async () => {
  const world = await createLabelledProject(test.db, {
    labels: [
      {
        name: "sentiment",
        level: "record",
        multi: true,
        options: options.map((one) => ({ value: one, text: one })),
      },
    ],
  });
  const drawn = fc.sample(record, { numRuns: 150, seed: 11 });
  const ids = [
    ...(
      await addRecords(
        world,
        drawn.map((_, at) => ({ externalId: `${at}` })),
      )
    ).values(),
  ];
  const jobs = await Promise.all(Array.from({ length: ANNOTATORS - 1 }, () => addJob(world)));
  const verifiers = await Promise.all(
    Array.from({ length: VERIFIERS }, (_, at) =>
      createMember(test.db, { project: world.project, role: "reviewer", name: `V${at}` }),
    ),
  );
  const [person] = verifiers;
  const personId = person?.userId ?? "";
  await ensureAnnotator(test.db, { projectId: world.project.id, id: personId, kind: "user", name: "V0" });
  const annotators = [...jobs, personId];

  const votes = drawn.map(
    ({ votes: given }) => new Map(given.map(([who, chosen]) => [annotators[who] ?? "", chosen])),
  );
  for (const annotator of annotators)
    await addLabels(
      world,
      annotator,
      ids.flatMap((id, at) => {
        const chosen = votes[at]?.get(annotator);
        return chosen ? [[id, chosen] as const] : [];
      }),
    );
  const verdicts = new Map<string, Verdict[]>();
  for (const [at, { verdicts: given }] of drawn.entries()) {
    const seen = new Set<string>();
    for (const one of given) {
      const [recordId = "", jobId = "", verifier] = [ids[at], annotators[one.on], verifiers[one.by]];
      if (!verifier || one.on === ANNOTATORS - 1 || !votes[at]?.has(jobId)) continue;
      const current = one.current && !seen.has(`${one.by} ${jobId}`);
      if (current) seen.add(`${one.by} ${jobId}`);
      const createdAt = new Date(Date.UTC(2026, 0, 1 + one.at));
      const { status } = one;
      const chosen = status === "UNSURE" ? [] : one.value;
      const id = await addVerdict(world, {
        jobId,
        recordId,
        verifier,
        status,
        value: chosen,
        current,
        createdAt,
      });
      if (current)
        verdicts.set(recordId, [
          ...(verdicts.get(recordId) ?? []),
          { id, verifierId: verifier.userId, status, value: valueKey(chosen), createdAt },
        ]);
    }
  }
  expect(verdicts.size).toBeGreaterThan(20);

  const items = drawn.flatMap(({ decided }, at) =>
    decided ? [{ recordId: ids[at] ?? "", value: decided, base: null }] : [],
  );
  const decisions = new Map<string, Decision>();
  for (const answer of (await reconcile(test.db, world.member, { label: "sentiment", items })).items)
    if ("reconciliation" in answer) {
      const { id, recordId, value: chosen, by } = answer.reconciliation;
      decisions.set(recordId, { id, authorId: by.id, value: valueKey(chosen ?? []) });
    }
  expect(decisions.size).toBeGreaterThan(20);

  const accepted = await acceptSome(world, { jobs, ids, votes });
  expect(accepted.size).toBeGreaterThan(20);

  for (const policy of ["majority", "verified-first"] as const) {
    const expected = ids.flatMap((recordId, at) => {
      const cast: Vote[] = [...(votes[at] ?? [])].map(([annotatorId, chosen]) => ({
        annotatorId,
        value: valueKey(chosen),
      }));
      const outcome = reconciledFirst(decisions.get(recordId), () =>
        policy === "majority"
          ? majority(cast)
          : verifiedFirst({
              verdicts: verdicts.get(recordId) ?? [],
              accepted: accepted.get(recordId),
              votes: cast,
            }),
      );
      const { provenance } = outcome;
      if (provenance.source === "majority" && provenance.votes === 0) return [];
      return [
        {
          recordId,
          value: outcome.value === null ? null : optionsOfKey(outcome.value),
          ...("tie" in outcome ? { tie: outcome.tie } : {}),
          confidence: outcome.confidence,
          entropy: expect.closeTo(outcome.entropy ?? Number.NaN, 12),
          provenance:
            provenance.source === "reconciliation"
              ? expect.objectContaining({
                  source: "reconciliation",
                  reconciliationId: provenance.reconciliationId,
                  verifier: { id: provenance.authorId, name: world.member.userName },
                  votes: 0,
                })
              : provenance.source === "verdict"
                ? expect.objectContaining({
                    verdictId: provenance.verdictId,
                    verdict: provenance.status,
                    votes: 0,
                  })
                : expect.objectContaining({
                    source: provenance.source,
                    ...("acceptanceId" in provenance ? { acceptanceId: provenance.acceptanceId } : {}),
                    annotators: provenance.annotatorIds,
                    votes: provenance.votes,
                  }),
        },
      ];
    });
    const preview = await previewAggregation(test.db, world.member, { label: "sentiment", policy });
    const made = await createAggregation(test.db, world.member, { label: "sentiment", policy });
    expect(preview.counts).toEqual(made.counts);
    const { items } = await getAggregation(test.db, world.member, { id: made.id, limit: 1000, show: "all" });
    expect(items.map(({ externalId: _, content: __, deleted: ___, ...row }) => row)).toEqual(expected);
    expect(made.counts.ties).toBe(expected.filter((row) => "tie" in row).length);
    expect(made.counts.reconciled).toBe(decisions.size);
    const taken = items.filter(({ provenance }) => provenance.source === "accepted");
    expect(made.counts.accepted).toBe(taken.length);
    expect(taken.length > 3).toBe(policy === "verified-first");
    const again = await previewAggregation(test.db, world.member, { label: "sentiment", policy });
    expect(again.changes).toEqual({ snapshot: made.id, added: 0, changed: 0, removed: 0 });
  }
});

type Given = { jobs: readonly string[]; ids: readonly string[]; votes: readonly Map<string, string[]>[] };

/** Accepts labels of the first two jobs, of the second under the stricter promise, and undoes one of the third. */
async function acceptSome({ db, member }: LabelledProject, { jobs, ids, votes }: Given) {
  const { projectId, userId } = member;
  const terms = [
    { job: jobs[0] ?? "", epsilon: 0.05, undoneAt: null },
    { job: jobs[1] ?? "", epsilon: 0.02, undoneAt: null },
    { job: jobs[2] ?? "", epsilon: 0.01, undoneAt: new Date() },
  ];
  const accepted = new Map<string, AcceptedLabel>();
  for (const { job, epsilon, undoneAt } of terms) {
    const sure = ids.filter((_, at) => at % 3 > 0);
    const confs = [
      { recordId: { in: sure }, conf: 0.8 },
      { recordId: { notIn: sure }, conf: 0.7 },
    ];
    for (const { recordId, conf } of confs)
      await db.annotation.updateMany({ where: { annotatorId: job, recordId }, data: { conf } });
    // One that the job wrote afterwards.
    const late = ids.find((id, at) => sure.includes(id) && votes[at]?.has(job));
    const id = newId();
    await db.acceptance.create({
      data: {
        ...{ id, projectId, jobId: job, labelName: "sentiment", threshold: 0.8, epsilon, alpha: 0.05 },
        ...{ accepted: 100, checked: 150, errors: 0, bound: 0.02, createdById: userId, undoneAt },
      },
    });
    await db.annotation.updateMany({
      where: { annotatorId: job, recordId: late ?? "" },
      data: { updatedAt: new Date(Date.now() + 60_000) },
    });
    for (const [at, recordId] of ids.entries()) {
      const value = votes[at]?.get(job);
      if (value && sure.includes(recordId) && recordId !== late && !undoneAt)
        accepted.set(recordId, { acceptanceId: id, annotatorId: job, value: valueKey(value) });
    }
  }
  return accepted;
}
