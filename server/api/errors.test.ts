import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/server/platform/errors";
import { toProblem } from "./errors";

const withCode = (code: string) => Object.assign(new Error("10.0.0.7:5432, password=secret"), { code });

describe("the problem of an error", () => {
  it("is ours as it is, also behind tRPC's", () => {
    const ours = new AppError("conflict", "Somebody was quicker.");
    expect(toProblem(ours)).toMatchObject({ status: 409, code: "conflict", detail: "Somebody was quicker." });
    const wrapped = new TRPCError({ code: "CONFLICT", cause: ours });
    expect(toProblem(wrapped)).toEqual(toProblem(ours));
  });

  it.each(["P1001", "P1017", "57P01", "ECONNREFUSED"])(
    "is a passing one when no database answers (%s)",
    (code) => {
      const wrapped = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: withCode(code) });
      for (const error of [withCode(code), wrapped])
        expect(toProblem(error)).toMatchObject({ status: 503, code: "unavailable" });
    },
  );

  it("names unknown keys, a hundred of them at most and each in short", () => {
    const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`${n}`.repeat(300), 1]));
    const { error } = z.strictObject({ name: z.string() }).safeParse({ name: "a", ...keys });
    const { errors = [], status } = toProblem(error);
    expect([status, errors.length]).toEqual([422, 100]);
    expect(errors.every(({ path }) => path.length === 200)).toBe(true);
  });

  it("says nothing of what is not ours", () => {
    for (const error of [
      withCode("P1001"),
      withCode("23505"),
      new Error("password=secret"),
      "password=secret",
    ])
      expect(JSON.stringify(toProblem(error))).not.toMatch(/secret|10\.0\.0\.7/);
    expect(toProblem(withCode("23505"))).toMatchObject({ status: 500, code: "internal" });
  });
});
