import { type LlmDouble, startLlmDouble } from "@/server/testing/llm-double";
import { waitFor } from "@/server/testing/wait-for";
import { OWNER } from "./tandem-server";
import { createRestClient, type RestClient } from "./walkthrough/rest-client";

const places = {
  name: "places",
  level: "span",
  options: [
    { value: "city", text: "City" },
    { value: "airport", text: "Airport" },
  ],
};

type SpanProjectInput = {
  url: string;
  name: string;
  /** Records `r0`, `r1`, … */
  texts: readonly string[];
  /** What the model marks in each of them. */
  answers: readonly (readonly { text: string; label: string; occurrence?: number }[])[];
};

export type SpanProject = { api: RestClient; slug: string; double: LlmDouble };

/** A project with a label of spans, `places`, and its records, and a model that marks them as told. The caller closes the double. */
export async function makeSpanProject({ url, name, texts, answers }: SpanProjectInput): Promise<SpanProject> {
  const double = await startLlmDouble({ fields: [], invalidShare: 0 });
  double.setFault(({ prompt }) => {
    const spans = answers[texts.findIndex((text) => prompt.includes(text))] ?? [];
    return { kind: "answer", text: JSON.stringify({ places: spans }) };
  });
  const { token } = await createRestClient(url).post<{ token: string }>("/auth/tokens", OWNER, {
    status: 201,
  });
  const api = createRestClient(url, token);
  const { slug } = await api.post<{ slug: string }>("/projects", { name }, { status: 201 });
  await api.put(`/projects/${slug}/schema`, { labelSchema: [places] });
  const csv = ["id,content", ...texts.map((text, index) => `r${index},"${text}"`), ""].join("\r\n");
  const { id } = await api.post<{ id: string }>(`/projects/${slug}/imports?id=id&content=content`, csv, {
    status: 202,
    headers: { "content-type": "text/csv" },
  });
  await finished(api, `/projects/${slug}/imports/${id}`);
  return { api, slug, double };
}

/** Waits until an import or a job has ended. */
export const finished = (api: RestClient, path: string): Promise<unknown> =>
  waitFor(
    `${path} to end`,
    async () => (await api.get<{ finishedAt: string | null }>(path)).finishedAt ?? undefined,
  );
