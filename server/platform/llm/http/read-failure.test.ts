import { describe, expect, it } from "vitest";
import { readFailure } from "./read-failure";

const saidBy = (body: unknown, apiKey: string | null = null): string =>
  readFailure({ status: 400, headers: {}, body: JSON.stringify(body), apiKey }).message;

describe("what a provider says of a failure", () => {
  it("takes no time, however much it is", () => {
    // With a search for the key that begins anew at each character, this would not end within the test's limit.
    for (const word of ["a", "-", "a*", "sk-"])
      expect(saidBy({ error: { message: word.repeat(300_000) } }).length).toBeLessThan(600);
  });

  it("shows no part of a key, also not where it is cut", () => {
    const apiKey = "key-of-the-job-1234567890";
    for (let before = 0; before < apiKey.length; before++)
      expect(saidBy({ message: "x".repeat(before) + ` ${apiKey}`.repeat(1000) }, apiKey)).not.toMatch(
        /key|job|\d{5}/,
      );
  });
});
