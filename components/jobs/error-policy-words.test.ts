import { describe, expect, it } from "vitest";
import { usualErrorPolicy } from "@/contracts/jobs";
import { policyLines } from "./error-policy-words";

describe("policyLines", () => {
  it("says what a job does after which errors, and how often it tries", () => {
    expect(policyLines({ errorPolicy: usualErrorPolicy, maxRetries: 5 })).toEqual([
      {
        action: "Try again up to 5 times, then skip the record",
        kinds: "too many calls, error at the provider, no answer in time, connection lost",
      },
      { action: "Skip the record", kinds: "request refused" },
    ]);
    const [first] = policyLines({ errorPolicy: usualErrorPolicy, maxRetries: 1 });
    expect(first?.action).toBe("Try again once, then skip the record");
  });

  it("promises no further try where there is none", () => {
    const lines = policyLines({
      errorPolicy: { ...usualErrorPolicy, provider_error: "stop" },
      maxRetries: 0,
    });
    expect(lines.map(({ action }) => action)).toEqual([
      "Skip the record, without a further try",
      "Skip the record",
      "Pause the job",
    ]);
  });
});
