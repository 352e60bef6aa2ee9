import type { Agent } from "@/contracts/agents";
import type { Job } from "@/contracts/jobs";
import type { Session, SessionItem } from "@/contracts/sessions";
import { sampleLabelSchema, sampleMessages } from "@/prisma/seed/sample";
import { waitFor } from "@/server/testing/wait-for";
import { OWNER } from "./fixtures";
import { csvOf } from "./walkthrough/figures";
import { createRestClient, type RestClient } from "./walkthrough/rest-client";
import { columns } from "./walkthrough/scenario";

export type FullProject = {
  slug: string;
  api: RestClient;
  agentId: string;
  jobIds: string[];
  sessionId: string;
  invitationUrl: string;
};

/** A project in the middle of its work, made by REST: records, two jobs of the built-in model, verdicts, a snapshot. */
export async function makeFullProject(url: string): Promise<FullProject> {
  const anybody = createRestClient(url);
  const { token } = await anybody.post<{ token: string }>("/auth/tokens", OWNER, { status: 201 });
  const api = createRestClient(url, token);
  const { slug } = await api.post<{ slug: string }>("/projects", { name: "Customer voice" }, { status: 201 });
  const at = `/projects/${slug}`;
  await api.put(`${at}/schema`, { labelSchema: sampleLabelSchema });
  await importSample(api, at);
  const agents = [
    await makeAgent(api, at, { name: "Plain", taskInstruction: undefined }),
    await makeAgent(api, at, { name: "With care", taskInstruction: "Decide what the customer feels." }),
  ];
  const [first, second] = agents;
  if (!first || !second) throw new Error("no agents");
  const query = { keyword: "not" };
  const subset = await api.post<{ id: string }>(
    `${at}/subsets`,
    { name: "Says not", kind: "static", query },
    { status: 201 },
  );
  const { items: members } = await api.get<{ items: { userId: string }[] }>(`${at}/members`);
  const userIds = members.map(({ userId }) => userId);
  await api.post(`${at}/subsets/${subset.id}/assignments`, { userIds, mode: "all" }, { status: 201 });
  const jobIds: string[] = [];
  for (const agent of agents) jobIds.push(await runJob(api, at, agent.id, query));
  const session = await api.post<Session>(
    `${at}/sessions`,
    { label: "sentiment", jobIds: jobIds.slice(0, 1), name: "Doubtful ones first" },
    { status: 201 },
  );
  await decideSome(api, at, session.id);
  await api.post(`${at}/aggregations`, { label: "sentiment", policy: "verified-first" }, { status: 201 });
  const invitation = await api.post<{ url: string }>(
    `${at}/invitations`,
    { role: "reviewer", maxUses: 5, note: "for the second team" },
    { status: 201 },
  );
  return { slug, api, agentId: first.id, jobIds, sessionId: session.id, invitationUrl: invitation.url };
}

async function importSample(api: RestClient, at: string): Promise<void> {
  const rows = sampleMessages().map(({ id, content, sentiment }) => ({ id, content, gold: sentiment }));
  const query = `id=${columns.id}&content=${columns.content}&metadata=${columns.gold}&visibility=${columns.gold}:gold`;
  const { id } = await api.post<{ id: string }>(`${at}/imports?${query}`, csvOf(rows, columns), {
    status: 202,
    headers: { "content-type": "text/csv" },
  });
  await waitFor(
    "the import to end",
    async () => (await api.get<{ finishedAt: string | null }>(`${at}/imports/${id}`)).finishedAt ?? undefined,
  );
}

type AgentWords = { name: string; taskInstruction: string | undefined };

function makeAgent(api: RestClient, at: string, { name, taskInstruction }: AgentWords): Promise<Agent> {
  return api.post<Agent>(
    `${at}/agents`,
    {
      name,
      provider: "openai:chat",
      baseUrl: "builtin",
      model: { model: "tandem-tiny", temperature: 0 },
      prompt: { labels: ["sentiment"], answer: "text", ...(taskInstruction ? { taskInstruction } : {}) },
    },
    { status: 201 },
  );
}

/** @returns the id of a job that has ended */
export async function runJob(api: RestClient, at: string, agentId: string, query: unknown): Promise<string> {
  const { id } = await api.post<Job>(
    `${at}/jobs`,
    { agentId, query, labels: ["sentiment"], labelMetadata: ["conf"] },
    { status: 202 },
  );
  await waitFor(
    "the job to end",
    async () => (await api.get<Job>(`${at}/jobs/${id}`)).finishedAt ?? undefined,
  );
  return id;
}

async function decideSome(api: RestClient, at: string, sessionId: string): Promise<void> {
  const { items } = await api.get<{ items: SessionItem[] }>(`${at}/sessions/${sessionId}/items?limit=12`);
  const values = items.map((item, index) => (index % 4 === 0 ? ["neu"] : item.value));
  await api.post(`${at}/verifications`, {
    sessionId,
    items: items.map((item, index) => ({ annotationId: item.annotationId, value: values[index] })),
  });
}
