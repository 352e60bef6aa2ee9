import { describe, expect, it } from "vitest";
import { estimateJobInput, startJobInput } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { PromptExamples } from "@/contracts/prompt-examples";
import { NO_SPAN } from "@/contracts/records";
import { createAgent, listVerifiedExamples, previewDraft } from "@/server/modules/agents";
import { writeJobLabels } from "@/server/modules/annotations";
import { compareAnnotators } from "@/server/modules/evaluation";
import { putVectors } from "@/server/modules/records";
import { isAppError } from "@/server/platform/errors";
import { addJob, addLabels, addVerdict } from "@/server/testing/labelled-project";
import { estimateJob, startJob } from ".";
import { jobTests } from "./testing/harness";
import { MODEL, type Scenario, start } from "./testing/scenario";

const { scenario, work, until, items } = jobTests();

/** The prompt of the scenario's agent, with examples. */
async function showExamples(made: Scenario, examples: PromptExamples): Promise<void> {
  const prompt = { labels: ["sentiment"], answer: "text", examples };
  await made.db.agentVersion.update({ where: { id: made.agentVersionId }, data: { prompt } });
}

const idOf = ({ recordIds }: Scenario, content: string): string => recordIds.get(content) ?? "";

/** What a person confirmed of an earlier job's labels; the earlier job. */
async function verify(made: Scenario, values: Record<string, string>): Promise<string> {
  const { db, actor } = made;
  const project = { db, member: actor, project: { id: actor.projectId, slug: "" } };
  const jobId = await addJob(project, "Earlier");
  const entries = Object.entries(values).map(([content, value]) => [idOf(made, content), [value]] as const);
  await addLabels(project, jobId, entries);
  for (const [recordId, value] of entries)
    await addVerdict(project, { jobId, recordId, verifier: actor, status: "CONFIRMS", value });
  return jobId;
}

const retrieved = (over: object = {}): PromptExamples => ({
  mode: "retrieved",
  k: 2,
  from: { verified: true },
  by: "text",
  balanced: true,
  ...over,
});

const shownIn = (prompt: string | null) =>
  [...(prompt ?? "").matchAll(/Text:\n'''\n(.*)\n'''\nSentiment: (\w+)/g)].map(([, text, value]) => [
    text,
    value,
  ]);

const NEW = ["luggage lost in Denver", "the crew was kind", "a flight at noon"];
const VERIFIED = {
  "my luggage was lost": "neg",
  "luggage lost twice": "neg",
  "a kind crew": "pos",
  "is there a flight?": "neu",
};

describe("examples that are looked for", () => {
  it("are the nearest verified ones, balanced, the same in preview, call and report, and never asked about", async () => {
    const contents = [...NEW, ...Object.keys(VERIFIED), "MY  luggage was lost", "marked"];
    const made = await scenario({ contents });
    await made.db.record.update({
      where: { id: idOf(made, "marked") },
      data: { metadata: { duplicate_of: await externalIdOf(made, "a kind crew") } },
    });
    await verify(made, VERIFIED);
    await showExamples(made, retrieved());
    const plan = { project: "p", agentVersionId: made.agentVersionId, labels: ["sentiment"] };
    const estimate = await estimateJob(made.db, made.actor, estimateJobInput.parse(plan));
    expect(estimate).toMatchObject({ records: 9, promptInvalid: 6 });
    await work(made);
    const { id } = await start(made, {});
    // What is verified once the job has begun changes none of its prompts.
    await verify(made, { "the crew was kind": "neg" });
    const job = await until(made, id);

    expect(job.counts).toMatchObject({ total: 9, prompted: 3, promptInvalid: 6, examples: 6, called: 3 });
    expect(job.errors).toEqual([]);
    expect(made.double.calls).toHaveLength(3);
    const listed = await items(made, id);
    const asked = listed.filter(({ prompt }) => prompt !== null);
    expect(asked.map(({ content }) => content)).toEqual(NEW);
    expect(listed.filter(({ reason }) => reason === "example").map(({ status }) => status)).toEqual(
      Array.from({ length: 6 }, () => "promptInvalid"),
    );
    expect(await made.db.annotation.count({ where: { annotatorId: id } })).toBe(job.counts.parsed);
    const gold = { verified: true as const };
    const compared = await compareAnnotators(made.db, made.actor, {
      label: "sentiment",
      annotators: [id],
      gold,
    });
    expect(compared.annotators).toMatchObject([{ examples: 6 }]);
    expect(compared.annotators[0]?.n).toBeLessThanOrEqual(1);
    const shown = shownIn(asked[0]?.prompt ?? null);
    expect(shown.at(-1)).toEqual(["luggage lost twice", "negative"]);
    expect(shown).toHaveLength(2);
    expect(shown[0]?.[1]).not.toBe("negative");
    expect(shownIn(asked[1]?.prompt ?? null).at(-1)).toEqual(["a kind crew", "positive"]);
    for (const { content, messages } of asked)
      expect(messages?.at(-1)?.content.split(content)).toHaveLength(2);
  });

  it("come of the jobs or the subset named alone, and only where every label asked for is verified", async () => {
    const made = await scenario({ contents: [...NEW, "one", "two", "three"] });
    const first = await verify(made, { one: "pos" });
    await verify(made, { two: "neg" });
    const pool = async (examples: PromptExamples) => {
      const prompt = { labels: ["sentiment"], examples };
      const { items: shown } = await previewDraft(made.db, made.actor, {
        provider: "openai:chat",
        model: { model: MODEL },
        prompt: JSON.parse(JSON.stringify(prompt)),
        texts: ["anything"],
        limit: 1,
      });
      return shownIn(shown[0]?.prompt ?? null)
        .map(([text]) => text)
        .toSorted();
    };
    expect(await pool(retrieved())).toEqual(["one", "two"]);
    expect(await pool(retrieved({ from: { verified: true, jobIds: [first] } }))).toEqual(["one"]);
    const offered = await listVerifiedExamples(made.db, made.actor, {
      labels: ["sentiment"],
      from: { verified: true, jobIds: [first] },
      limit: 30,
    });
    expect(offered).toMatchObject({ items: [{ content: "one", labels: { sentiment: ["pos"] } }], total: 1 });
    const subset = await made.db.subset.create({
      data: {
        id: crypto.randomUUID(),
        projectId: made.actor.projectId,
        name: "train",
        kind: "live",
        query: { ids: [idOf(made, "two"), idOf(made, "three")] },
        createdById: made.actor.userId,
      },
    });
    expect(await pool(retrieved({ from: { verified: true, subsetId: subset.id } }))).toEqual(["two"]);
  });

  it("are compared by vectors where the prompt says so", async () => {
    const made = await scenario({ contents: ["asked", "near", "far", "unlike"] });
    await verify(made, { near: "pos", far: "pos", unlike: "pos" });
    await putVectors(made.db, made.actor, {
      name: "v",
      values: [
        { recordId: idOf(made, "asked"), vector: [1, 0] },
        { recordId: idOf(made, "near"), vector: [3, 0.1] },
        { recordId: idOf(made, "far"), vector: [-1, 0] },
      ],
    });
    await showExamples(made, retrieved({ by: "vector", vectors: "v" }));
    await work(made);
    const { id } = await start(made, {});
    await until(made, id);
    const [asked] = await items(made, id);
    expect(shownIn(asked?.prompt ?? null).map(([text]) => text)).toEqual(["far", "near"]);
  });

  it("are refused where nothing is verified, or what they name is not there", async () => {
    const made = await scenario({ contents: NEW });
    await showExamples(made, retrieved());
    const input = { project: "p", agentVersionId: made.agentVersionId, labels: ["sentiment"] };
    expect(await problemsOf(startJob(made.db, made.actor, startJobInput.parse(input)))).toEqual(["agentId"]);
    const nowhere = crypto.randomUUID();
    const create = (examples: unknown) =>
      problemsOf(
        createAgent(made.db, made.actor, {
          name: "A",
          provider: "openai:chat",
          model: { model: MODEL },
          prompt: JSON.parse(JSON.stringify({ labels: ["sentiment"], examples })),
        }),
      );
    expect(
      await create(
        retrieved({ by: "vector", from: { verified: true, jobIds: [nowhere], subsetId: nowhere } }),
      ),
    ).toEqual(["prompt.examples.from.jobIds.0", "prompt.examples.from.subsetId", "prompt.examples.by"]);
    expect(await create(retrieved({ k: 0 }))).toEqual(["prompt.examples.k"]);
    expect(await create(retrieved({ from: { verified: false } }))).toEqual(["prompt.examples.from.verified"]);
    expect(await create({ mode: "fixed", items: [{ recordId: nowhere }] })).toEqual([
      "prompt.examples.items.0.recordId",
      "prompt.examples.items.0.labels.sentiment",
    ]);
    expect(await create({ mode: "fixed", items: [{ text: "a", recordId: nowhere, labels: {} }] })).toEqual([
      "prompt.examples.items.0",
    ]);
    expect(await create("all")).toEqual(["prompt.examples"]);
  });
});

describe("fixed examples", () => {
  it("that are records keep their verified values, show their text now, and are never asked about", async () => {
    const made = await scenario({
      contents: [...NEW, "my luggage was lost", "given", "My luggage was LOST"],
    });
    await verify(made, { "my luggage was lost": "neg" });
    const saved = await createAgent(made.db, made.actor, {
      name: "A",
      provider: "openai:chat",
      model: { model: MODEL },
      prompt: {
        labels: ["sentiment"],
        examples: {
          mode: "fixed",
          items: [
            { recordId: idOf(made, "my luggage was lost") },
            { recordId: idOf(made, "given"), labels: { sentiment: ["neu"] } },
            { text: "written by hand", labels: { sentiment: ["pos"] } },
          ],
        },
      },
    });
    expect(saved.prompt.examples).toMatchObject({
      items: [{ labels: { sentiment: ["neg"] } }, { labels: { sentiment: ["neu"] } }, {}],
    });
    expect(saved.template).not.toContain("my luggage was lost");
    await showExamples(made, saved.prompt.examples ?? []);
    await work(made);
    const { id } = await start(made, {});
    const job = await until(made, id);
    expect(job.counts).toMatchObject({ total: 6, prompted: 3, promptInvalid: 3, examples: 3 });
    const [first] = await items(made, id);
    expect(shownIn(first?.prompt ?? null)).toEqual([
      ["my luggage was lost", "negative"],
      ["given", "neutral"],
      ["written by hand", "positive"],
    ]);
  });
});

const places: LabelDefinition = {
  name: "places",
  level: "span",
  options: [{ value: "city", text: "city" }],
};

describe("fixed examples of spans", () => {
  const shown = "🙂 From Oslo to Oslo";
  const oslo = { start: 15, end: 19, value: ["city"] };

  it("are quoted from the record as the answer is asked for, and never asked about", async () => {
    const made = await scenario({
      contents: [shown, "🙂 from  OSLO to Oslo", "Rome at last"],
      moreLabels: [places],
      double: { fault: () => ({ kind: "answer", text: 'Places: [{"text": "Rome", "label": "city"}]' }) },
    });
    const create = (name: string, spans: object[]) =>
      createAgent(made.db, made.actor, {
        name,
        provider: "openai:chat",
        model: { model: MODEL },
        prompt: JSON.parse(
          JSON.stringify({
            labels: ["places"],
            examples: { mode: "fixed", items: [{ recordId: idOf(made, shown), labels: { places: spans } }] },
          }),
        ),
      });
    const saved = await create("Good", [oslo]);
    expect(saved.template).not.toContain("Oslo");
    expect(await problemsOf(create("Outside", [oslo, { ...oslo, end: 90 }]))).toEqual([
      "prompt.examples.items.0.labels.places.1",
    ]);
    const { prompt } = await made.db.agentVersion.findUniqueOrThrow({ where: { id: saved.versionId } });
    await made.db.agentVersion.update({ where: { id: made.agentVersionId }, data: { prompt: prompt ?? {} } });
    await work(made);
    const { id } = await start(made, { labels: ["places"] });
    const job = await until(made, id);
    expect(job.counts).toMatchObject({ total: 3, prompted: 1, promptInvalid: 2, examples: 2, parsed: 1 });
    const asked = (await items(made, id)).filter(({ prompt: sent }) => sent !== null);
    expect(asked.map(({ content }) => content)).toEqual(["Rome at last"]);
    expect(asked[0]?.prompt).toContain(
      `\n${shown}\n'''\nPlaces: [{"text": "Oslo", "label": "city", "occurrence": 2}]`,
    );
    expect(asked[0]?.spans).toMatchObject([{ start: 0, end: 4, value: ["city"] }]);
  });
});

describe("examples of spans that are looked for", () => {
  const OSLO = { start: 5, end: 9, value: ["city"] };

  /** An earlier job's spans (null: it found none), each confirmed by a person. */
  async function verifySpans(made: Scenario, spans: Record<string, typeof OSLO | null>): Promise<void> {
    const { db, actor } = made;
    const project = { db, member: actor, project: { id: actor.projectId, slug: "" } };
    const jobId = await addJob(project, "Earlier");
    const nothing = { start: NO_SPAN, end: NO_SPAN, value: [] };
    const unsure = { conf: null, confMethod: null, confReason: null, probabilities: null };
    const rows = Object.entries(spans).map(([content, span]) => {
      return { ...unsure, ...(span ?? nothing), recordId: idOf(made, content), label: "places" };
    });
    await writeJobLabels(db, {
      projectId: actor.projectId,
      jobId,
      schemaVersion: 1,
      rows: rows.map((row) => ({ ...row, level: "span" as const })),
    });
    for (const { recordId, value } of rows)
      await addVerdict(project, {
        jobId,
        recordId,
        verifier: actor,
        status: "CONFIRMS",
        value,
        label: "places",
      });
  }

  it("are frozen with their places, balanced with a text without any, and never asked about", async () => {
    const contents = ["From Rome by train", "Late in Rome", "From Oslo by train", "from  OSLO by train"];
    const verified = { "From Oslo by train": OSLO, "From Oslo by bus": OSLO, "A late train": null };
    const made = await scenario({
      contents: [...contents, "From Oslo by bus", "A late train"],
      moreLabels: [places],
      double: { fault: () => ({ kind: "answer", text: 'Places: [{"text": "Rome", "label": "city"}]' }) },
    });
    await verifySpans(made, verified);
    const prompt = { labels: ["places"], answer: "text", examples: retrieved() };
    await made.db.agentVersion.update({ where: { id: made.agentVersionId }, data: { prompt } });
    await work(made);
    const { id } = await start(made, { labels: ["places"] });
    // What is verified once the job has begun changes none of its prompts.
    await verifySpans(made, { "From Rome by train": { ...OSLO } });
    const job = await until(made, id);
    expect(job.counts).toMatchObject({ total: 6, prompted: 2, promptInvalid: 4, examples: 4, parsed: 2 });
    const frozen = await made.db.jobExample.findMany({ where: { jobId: id } });
    expect(frozen.map(({ recordId, labels }) => [recordId, labels])).toEqual(
      expect.arrayContaining([
        [idOf(made, "From Oslo by bus"), { places: [OSLO] }],
        [idOf(made, "A late train"), { places: [] }],
      ]),
    );
    const listed = await items(made, id);
    expect(listed.filter(({ reason }) => reason === "example")).toHaveLength(4);
    const sent = made.double.calls.map((call) => call.prompt);
    const asked = listed.filter(({ prompt: shown }) => shown !== null);
    expect(asked.map(({ content }) => content)).toEqual(["From Rome by train", "Late in Rome"]);
    const answers = (shown: string) =>
      [...shown.matchAll(/Text:\n'''\n(.*)\n'''\nPlaces: (.*)/g)].map(([, text, answer]) => [text, answer]);
    const oslo = '[{"text": "Oslo", "label": "city"}]';
    expect(answers(asked[0]?.prompt ?? "")).toEqual([
      ["A late train", "[]"],
      ["From Oslo by train", oslo],
    ]);
    expect(answers(asked[1]?.prompt ?? "").map(([, answer]) => answer)).toEqual([oslo, "[]"]);
    expect(sent.toSorted()).toEqual(asked.map(({ prompt: shown }) => shown).toSorted());
  });
});

async function externalIdOf(made: Scenario, content: string): Promise<string> {
  const { externalId } = await made.db.record.findUniqueOrThrow({ where: { id: idOf(made, content) } });
  return externalId;
}

async function problemsOf(attempt: Promise<unknown>): Promise<string[] | undefined> {
  const error = await attempt.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!isAppError(error)) throw new Error("no AppError was thrown", { cause: error });
  return error.errors?.map(({ path }) => path);
}
