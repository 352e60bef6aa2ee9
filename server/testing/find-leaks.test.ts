import { expect, it } from "vitest";
import { findLeaks } from "./find-leaks";

it("finds a secret as it is, in an address and in base64, and nothing where there is none", () => {
  const canaries = { key: "sk-canary/0123+456789" };
  const outputs = {
    plain: "Authorization: Bearer sk-canary/0123+456789",
    address: "https://a.example/?k=sk-canary%2F0123%2B456789",
    base64: Buffer.from("user:sk-canary/0123+456789@").toString("base64"),
    clean: "sk-canary is a bird",
  };
  expect(findLeaks(canaries, outputs)).toEqual(["key in plain", "key in address", "key in base64"]);
});
