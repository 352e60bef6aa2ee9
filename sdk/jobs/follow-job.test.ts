import { expect, it } from "vitest";
import type { Job } from "../../contracts/jobs";
import { completeJob } from "../testing/complete-job";
import { followJob } from "./follow-job";

async function* told(...jobs: Job[]): AsyncGenerator<Job> {
  yield* jobs;
}
async function walk(run: AsyncIterable<Job>): Promise<string[]> {
  const seen = [];
  for await (const { status } of run) seen.push(status);
  return seen;
}
const [queued, running, ended] = (["queued", "running", "succeeded"] as const).map((status) =>
  completeJob({ status }),
);
if (!queued || !running || !ended) throw new Error("there are three");

it("gives the report to whoever awaits it, and the job at once", async () => {
  const run = followJob(
    async () => queued,
    () => told(running, ended),
  );
  expect((await run.started).status).toBe("queued");
  expect((await run).status).toBe("succeeded");
});

it("can be walked along by several, also afterwards; each is told the end", async () => {
  const run = followJob(
    async () => queued,
    () => told(running, ended),
  );
  const [one, other] = await Promise.all([walk(run), walk(run)]);
  for (const seen of [one, other, await walk(run)]) expect(seen.at(-1)).toBe("succeeded");
});

it("tells every change to whoever keeps up", async () => {
  let go = () => {};
  const run = followJob(
    async () => queued,
    async function* () {
      for (const job of [running, ended]) {
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        yield job;
      }
    },
  );
  const seen = [];
  for await (const { status } of run) {
    seen.push(status);
    go();
  }
  expect(seen).toEqual(["queued", "running", "succeeded"]);
});

it("fails for whoever walks along and whoever awaits", async () => {
  const refused = new Error("no");
  const start = () => Promise.reject<Job>(refused);
  await expect(walk(followJob(start, () => told()))).rejects.toBe(refused);
  await expect(followJob(start, () => told())).rejects.toBe(refused);
  const broken = followJob(
    async () => queued,
    () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(refused) }) }),
  );
  await expect(walk(broken)).rejects.toBe(refused);
});
