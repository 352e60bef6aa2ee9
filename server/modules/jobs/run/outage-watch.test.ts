import { expect, it } from "vitest";
import { createOutageWatch } from "./outage-watch";

const watch = () => createOutageWatch({ outageCalls: 3, outageMs: 1000 });

it("is an outage when so many calls in a row fail", () => {
  const { failed, answered } = watch();
  expect([failed("timeout", 0), failed("connection", 1)]).toEqual([false, false]);
  answered();
  expect([failed("timeout", 2), failed("provider_error", 3), failed("timeout", 4)]).toEqual([
    false,
    false,
    true,
  ]);
});

it("is an outage when every call fails for so long, also when the provider only asks to slow down", () => {
  const { failed } = watch();
  const refusals = [0, 1, 2, 3, 4, 999].map((at) => failed("rate_limited", at));
  expect(refusals).toEqual([false, false, false, false, false, false]);
  expect(failed("rate_limited", 1000)).toBe(true);
});

it("is not one when requests are refused for what they are", () => {
  const { failed } = watch();
  expect([0, 1, 2, 3, 5000].map((at) => failed("bad_request", at))).not.toContain(true);
});
