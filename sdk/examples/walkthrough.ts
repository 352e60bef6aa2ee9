import path from "node:path";
import { fileURLToPath } from "node:url";
import { Authentication, Controller, type Job, PromptTemplate, Service } from "..";
import { correctNext, decide, join } from "./reviewers";

/**
 * The main job of Tandem from the first record to the last file, by a program: set up a project, let a model label a
 * subset, let two people verify what is doubtful, compare a second model and a better prompt, and take the final labels.
 */
export type Walkthrough = {
  auth: Authentication;
  /** `builtin` is the model of the server itself; else the address of a provider, up to its `/v1`. */
  baseUrl: string;
  /** The key for that provider, where it needs one. */
  apiKey?: string;
  data: { file: string; id: string; content: string; gold: string; keyword: string };
  say(line: string): void;
};

/** Messages that come with Tandem, each with its sentiment. */
export const sampleData: Walkthrough["data"] = {
  file: path.resolve(import.meta.dirname, "../../prisma/seed/sample/messages.json"),
  id: "id",
  content: "content",
  gold: "sentiment",
  keyword: "not",
};

const label = "sentiment";
const labelSchema = [
  {
    name: label,
    level: "record" as const,
    options: [
      { value: "pos", text: "positive" },
      { value: "neg", text: "negative" },
      { value: "neu", text: "neutral" },
    ],
  },
];
const percent = (share: number | null | undefined) => (share == null ? "–" : `${(100 * share).toFixed(1)} %`);

export async function walkthrough({ auth, baseUrl, apiKey, data, say }: Walkthrough) {
  const models = baseUrl === "builtin" ? ["tandem-tiny", "tandem-tiny"] : ["gpt-3.5-turbo", "gpt-4"];
  const [model = "", secondModel = ""] = models;

  // 1. A project, its label schema, its records.
  const service = await Service.createProject({ auth, name: "Airline" });
  await service.getSchemas().setSchemas(labelSchema);
  const report = await service.importFile(data.file, {
    id: data.id,
    content: data.content,
    metadata: [data.gold],
    visibility: { [data.gold]: "gold" },
  });
  say(
    `1  ${service.project}: ${report.imported} records imported, ${report.skipped} skipped, ${report.refused} refused`,
  );

  // 2. Two people, by a link each.
  const ada = await join(service, "Ada");
  const ben = await join(service, "Ben");
  say(`2  joined: ${(await ada.auth.me()).name}, ${(await ben.auth.me()).name}`);

  // 3. A prompt, made from the schema and shown on real records.
  const controller = new Controller(service);
  const template = new PromptTemplate({ service, labelSchema, labelNames: [label] });
  const preview = await template.preview({ limit: 3 });
  say(`3  the prompt, with {{input}} where the text comes:\n${preview.template}`);

  // 4. An agent.
  const first = await controller.createAgent({
    name: "First",
    baseUrl,
    model: { model, temperature: 0 },
    promptTemplate: template,
  });
  say(`4  agent ${first.id}, version ${first.version}`);

  // 5. A search, kept.
  const subset = await service.search({ keyword: data.keyword }).save(data.keyword);
  say(`5  ${await subset.count()} records hold "${data.keyword}"`);

  // 6. A job, its progress and its report.
  const run = (settings: { agentId: string } | { agentVersionId: string }, on = subset) =>
    controller.runJob({ ...settings, subset: on, labels: [label], labelMetadata: ["conf"], apiKey });
  const running = run({ agentId: first.id });
  for await (const { counts } of running) say(`6  ${counts.called} of ${counts.total} answered`);
  const job = await running;
  say(`6  ${told(job)}`);

  // 7. A session, the least sure labels first: two are corrected, the next ones confirmed.
  const session = await ada.sessions.create({ label, jobIds: [job.id], order: "confidence" });
  for (let corrected = 0; corrected < 2; corrected++) await correctNext(ada, session);
  const doubtful = (await ben.sessions.items(session.id, { state: "unverified", limit: 6 }).first()).items;
  await decide(ben, session, doubtful, ({ value }) => value ?? []);
  const { counts, agreement } = await ada.sessions.get(session.id);
  say(`7  ${counts.corrected} corrected, ${counts.confirmed} confirmed, ${counts.left} left`);
  say(
    `7  the job was right in ${percent(agreement?.point)} (${percent(agreement?.low)} to ${percent(agreement?.high)})`,
  );

  // 8. What nobody has looked at and the model was not sure of.
  const unsure = service.searchByJob({
    jobId: job.id,
    labelMetadataCondition: { labelName: label, name: "conf", operator: "<", value: 0.99 },
    verificationCondition: { labelName: label, searchMode: "UNVERIFIED" },
  });
  const unsureRecords = await unsure.count();
  const truth = await goldOf(service, data.gold);
  const rest = await ben.sessions.create({ label, jobIds: [job.id], query: unsure.query });
  await decide(
    ben,
    rest,
    await ben.sessions.items(rest.id).all(),
    ({ recordId, value }) => truth.get(recordId) ?? value ?? [],
  );
  say(`8  ${unsureRecords} unverified with conf below 0.99, ${await unsure.count()} left afterwards`);

  // 9. The corrections.
  const corrections = [];
  for await (const one of service
    .searchByJob({ jobId: job.id })
    .getVerificationAnnotations({ label, status: "CORRECTS" }))
    corrections.push(...one.verifications);
  say(`9  ${corrections.length} corrections`);

  // 10. A second agent, and where the two differ.
  const second = await controller.createAgent({
    name: "Second",
    baseUrl,
    model: { model: secondModel, temperature: 1 },
    promptTemplate: template,
  });
  const secondJob = await run({ agentId: second.id });
  const annotators = [job.id, secondJob.id];
  const conflicts = service.search({
    annotatorList: annotators,
    labelCondition: { name: label, operator: "conflicts" },
  });
  const conflicting = await conflicts.count();
  const dispute =
    conflicting > 0
      ? await service.sessions.create({ label, jobIds: annotators, query: conflicts.query })
      : null;
  say(`10 ${told(secondJob)}`);
  say(`10 the two differ on ${conflicting} records${dispute ? `: ${dispute.url}` : ""}`);

  // 11. A better instruction, and both versions on records held out.
  template.setInstruction({
    taskInstruction:
      "You are a support analyst. Classify the text as {{options}}. A question without feeling is neutral.",
    examples: [{ text: "Is there a lounge at gate four of the old terminal?", labels: { [label]: ["neu"] } }],
  });
  const better = await controller.createVersion(first.id, { promptTemplate: template });
  const heldOut = await service
    .search({ sort: { by: "externalId", order: "desc" }, limit: 30 })
    .save("held out");
  const before = await run({ agentVersionId: first.versionId }, heldOut);
  const after = await run({ agentVersionId: better.versionId }, heldOut);
  const compared = await service.getStatistics().compare({
    label,
    annotators: [before.id, after.id],
    gold: { metadata: data.gold },
    subsetId: heldOut.id,
  });
  for (const { n, correct, accuracy, interval } of compared.annotators)
    say(
      `11 ${correct} of ${n} right: ${percent(accuracy)} (${percent(interval?.[0])} to ${percent(interval?.[1])})`,
    );
  say(`11 paired test: p = ${compared.pairs[0]?.mcnemarP?.toFixed(3)}`);

  // 12. Agents with their jobs; final labels with where each comes from.
  const agents = await controller.listAgents({ provider: "openai:chat", includeJobs: true }).all();
  for (const agent of agents) say(`12 ${agent.name}: ${agent.model.model}, ${agent.jobs?.length} jobs`);
  const snapshot = await service.aggregations.create({ label, policy: "verified-first", annotators });
  const file = await service.export({ kind: "final", format: "csv", snapshot: snapshot.id });
  const final = await file.text();
  say(
    `12 ${snapshot.counts.decided} final labels, ${snapshot.counts.verified} by people, ${snapshot.counts.ties} tied`,
  );

  return {
    service,
    report,
    people: { ada: (await ada.auth.me()).id, ben: (await ben.auth.me()).id },
    preview,
    subset,
    job,
    session: await service.sessions.get(session.id),
    unsure: { before: unsureRecords, after: await unsure.count() },
    corrections,
    secondJob,
    conflicting,
    dispute,
    better,
    heldOut: { before, after, compared },
    agents,
    snapshot,
    final,
  };
}

/** What is known to be right, by the id of the record. */
async function goldOf(service: Service, name: string): Promise<Map<string, string[]>> {
  const gold = new Map<string, string[]>();
  for await (const { id, metadata } of service.search().value({ include: ["metadata"], pageSize: 1000 })) {
    const value = metadata?.[name];
    if (typeof value === "string") gold.set(id, [value]);
  }
  return gold;
}

function told({ counts, distribution, tokens, costUsd }: Job): string {
  const shares = Object.entries(distribution[label] ?? {}).map(([value, count]) => `${count} ${value}`);
  const cost = costUsd === null ? "unknown cost" : `${costUsd.toFixed(4)} US$`;
  return `${counts.parsed} labels (${shares.join(", ")}), ${counts.invalid} answers could not be read, ${counts.callFailed} calls failed, ${tokens.prompt + tokens.completion} tokens, ${cost}`;
}

/**
 * TANDEM_URL=http://localhost:3000 TANDEM_EMAIL=… TANDEM_PASSWORD=… npx tsx sdk/examples/walkthrough.ts [provider] [file]
 *
 * TANDEM_TOKEN stands for e-mail and password. `provider` is an address up to `/v1`, whose key is OPENAI_API_KEY; by
 * default the server's own model. `file` is a CSV with id, content and pseudo_label; by default messages that come along.
 */
async function main([baseUrl = "builtin", file]: string[]): Promise<void> {
  const {
    TANDEM_URL: url = "http://localhost:3000",
    TANDEM_TOKEN: token,
    OPENAI_API_KEY: apiKey,
  } = process.env;
  const { TANDEM_EMAIL: email = "", TANDEM_PASSWORD: password = "" } = process.env;
  const auth = token
    ? new Authentication({ url, token })
    : await Authentication.signIn({ url, email, password });
  const tweets = { id: "id", content: "content", gold: "pseudo_label", keyword: "good" };
  await walkthrough({
    auth,
    baseUrl,
    ...(baseUrl === "builtin" ? {} : { apiKey }),
    data: file ? { ...tweets, file } : sampleData,
    say: (line) => void process.stdout.write(`${line}\n`),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
