import { type Acceptance, acceptPlan } from "@/contracts/acceptance";
import type { AggregationSnapshot } from "@/contracts/aggregation";
import type { Session, SessionItem } from "@/contracts/sessions";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject, runJob } from "./full-project";
import { signIn } from "./people";

let project: FullProject;
let jobId: string;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
  const { api, slug, agentId } = project;
  jobId = await runJob(api, `/projects/${slug}`, agentId, {});
  await verifyBlind(400);
});

/** Decides so many labels of the job that were drawn at random and are hidden, as gold says. */
async function verifyBlind(size: number): Promise<void> {
  const { api, slug } = project;
  const at = `/projects/${slug}`;
  const { items: records } = await api.post<{ items: { id: string; metadata: { pseudo_label: string } }[] }>(
    `${at}/records/search`,
    { limit: 1000, include: ["metadata"] },
  );
  const gold = new Map(records.map(({ id, metadata }) => [id, metadata.pseudo_label]));
  const { id: sessionId } = await api.post<Session>(
    `${at}/sessions`,
    { label: "sentiment", jobIds: [jobId], blindShare: 1, sample: { size, seed: 4 } },
    { status: 201 },
  );
  const { items } = await api.get<{ items: SessionItem[] }>(
    `${at}/sessions/${sessionId}/items?limit=${size}`,
  );
  await api.post(`${at}/verifications`, {
    sessionId,
    items: items.map(({ annotationId, recordId }) => ({ annotationId, value: [gold.get(recordId)] })),
  });
}

test("what can be promised is accepted, counts as final, and is undone", async ({ page }) => {
  const { api, slug } = project;
  const at = `/projects/${slug}`;
  const planOf = async () =>
    acceptPlan.parse(
      await api.get(`${at}/statistics/accept?jobId=${jobId}&label=sentiment&epsilon=0.1&alpha=0.05`),
    );
  const finalAccepted = async () => {
    const { counts } = await api.post<AggregationSnapshot>(
      `${at}/aggregations`,
      { label: "sentiment", policy: "verified-first" },
      { status: 201 },
    );
    return counts.accepted;
  };
  const plan = await planOf();
  expect(plan).toMatchObject({ n: 400, total: 480, reason: null, applied: null });
  const { accepted = null, checked = null } = plan;
  if (accepted === null || checked === null) throw new Error("nothing was promised");

  await signIn(page);
  await page.goto(`/p/${slug}/compare?label=sentiment&who=${jobId}&gold=verified`);
  const tenPercent = page.getByRole("radio", { name: "10%" });
  await tenPercent.click();
  await expect(tenPercent).toBeChecked();
  await expect(page).toHaveURL(/[?&]errors=0\.1/);
  await expect(page.getByText(`≤ 10% errors at 95% confidence: accept ${accepted}, verify`)).toBeVisible();
  await page.getByRole("button", { name: `Accept ${accepted} labels` }).click();
  const question = page.getByRole("dialog", { name: `Accept ${accepted} labels unread?` });
  await expect(question).toContainText(`Of these, ${checked} labels were drawn at random and verified blind`);
  await question.getByRole("button", { name: `Accept ${accepted} labels` }).click();
  await expect(
    page.getByText(`${accepted} labels accepted: ≤ 10% errors at 95% confidence`).first(),
  ).toBeVisible();
  const applied: Acceptance | null = (await planOf()).applied;
  expect(applied).toMatchObject({ accepted, threshold: plan.threshold, undoneAt: null });
  // Of what was accepted, nobody has looked at these.
  const { total: unread } = await api.post<{ total: number }>(`${at}/records/search`, {
    query: {
      and: [
        {
          labelMetadata: {
            ...{ label: "sentiment", name: "conf", op: ">=", value: plan.threshold },
            annotators: [jobId],
          },
        },
        { not: { verification: { label: "sentiment", mode: "VERIFIED" } } },
      ],
    },
    limit: 1,
  });
  expect(await finalAccepted()).toBe(unread);

  await page.getByRole("main").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: `Accept ${accepted} labels` })).toBeVisible();
  expect(await finalAccepted()).toBe(0);
});
