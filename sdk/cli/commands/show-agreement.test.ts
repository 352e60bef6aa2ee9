import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SmallServer, startSmallServer } from "../../testing/small-server";
import { callCli } from "../testing/call-cli";

let server: SmallServer;
beforeAll(async () => {
  server = await startSmallServer();
});
afterAll(() => server.close());

const call = (args: string[]) => callCli(args, { url: server.url });

describe("agreement", () => {
  const alpha = { n: 40, value: 0.7, interval: [0.61, 0.82], reason: null };
  const agreement = {
    ...{ label: "l", basis: "unseen", metric: "nominal", weights: "none", n: 40, outside: 0, alpha },
    fleiss: { n: 0, value: null, interval: null, reason: "unequal_raters" },
    ac1: { n: 40, value: 1, interval: null, reason: "no_spread" },
    perOption: [],
    annotators: [
      { id: "a", name: "Ada", kind: "person", n: 40 },
      { id: "b", name: "Bo", kind: "person", n: 40 },
    ],
    annotatorsLeftOut: 0,
    pairs: [{ a: "a", b: "b", n: 40, agree: 33, kappa: 0.6543, interval: null, reason: "no_spread" }],
  };

  it("tells each figure with its interval and number, or why it has none", async () => {
    server.answer(() => ({ body: agreement }));
    const { out } = await call(["agreement", "--label", "l", "--basis", "unseen"]);
    expect(Object.fromEntries(server.asked[0]?.query ?? [])).toEqual({ label: "l", basis: "unseen" });
    expect(out).toContain("Krippendorff's alpha\t0.700 (95 %: 0.610 to 0.820; n 40)\n");
    expect(out).toContain("Fleiss' kappa\t– (the records have different numbers of labels; n 0)\n");
    expect(out).toContain("\nAda\tBo\t40\t33\t0.654 (no interval:");
    expect(JSON.parse((await call(["agreement", "--label", "l", "--json"])).out)).toEqual(agreement);
  });
});
