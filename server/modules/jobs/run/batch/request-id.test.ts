import { expect, it } from "vitest";
import { newId } from "@/server/platform/ids";
import { attemptOf, batchKey, requestId } from "./request-id";

it("names a request by its batch and its attempt, within what providers take", () => {
  const [batch, attempt] = [newId(), newId()];
  const id = requestId(batch, attempt);
  expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  expect(id.startsWith(batchKey(batch))).toBe(true);
  expect(attemptOf(batch, id)).toBe(attempt);
});

it("knows what is no request of the batch", () => {
  const batch = newId();
  for (const id of [
    "",
    batchKey(batch),
    `${requestId(batch, newId())}0`,
    requestId(newId(), newId()),
    "x".repeat(64),
  ])
    expect(attemptOf(batch, id)).toBeNull();
});
