import pino from "pino";
import { describe, expect, it } from "vitest";
import { createTeller } from "./create-teller";

/** A way to tell that ends when the test says so, well or badly. */
function startTeller() {
  const under: { resolve(): void; reject(error: Error): void }[] = [];
  const send = () => new Promise<void>((resolve, reject) => under.push({ resolve, reject }));
  return { under, teller: createTeller(send, pino({ level: "silent" })) };
}

describe("news for other processes", () => {
  it("is told at once, and once more for all that comes meanwhile", async () => {
    const { under, teller } = startTeller();
    teller.tell();
    expect(under).toHaveLength(1);
    teller.tell();
    teller.tell();
    expect(under).toHaveLength(1);
    const finished = teller.finish();
    under[0]?.resolve();
    await expect.poll(() => under.length).toBe(2);
    under[1]?.resolve();
    await finished;
    expect(under).toHaveLength(2);
  });

  it("is told again after it could not be told", async () => {
    const { under, teller } = startTeller();
    teller.tell();
    const failed = teller.finish();
    under[0]?.reject(new Error("no connection"));
    await failed;
    teller.tell();
    expect(under).toHaveLength(2);
  });
});
