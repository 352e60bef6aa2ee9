import { describe, expect, it } from "vitest";
import { databaseProblem, isDiskFull, isStillStarting } from "./database-problem";

const URL = "postgresql://ada:top-secret@db.example:6543/labels";

const withCode = (code: string) => Object.assign(new Error("words of the driver"), { code });

describe("what is wrong with a database", () => {
  it.each([
    [withCode("ECONNREFUSED"), "does not answer at db.example:6543 (ECONNREFUSED)"],
    [withCode("ENOTFOUND"), "does not answer at db.example:6543 (ENOTFOUND)"],
    [new Error("timeout expired"), "does not answer at db.example:6543 (timeout expired)"],
    [withCode("28P01"), "refuses the user ada at db.example:6543"],
    [withCode("3D000"), "has no database labels"],
    [withCode("42501"), "The user ada of DATABASE_URL may not change the database"],
  ])("is said in one line without the password", (error, part) => {
    const { message } = databaseProblem(error, URL);
    expect(message).toContain(part);
    expect(message).not.toMatch(/top-secret|\n/);
  });

  it("names PostgreSQL's usual port where the address leaves it out", () => {
    const problem = databaseProblem(withCode("ETIMEDOUT"), "postgresql://ada@db.example/labels");
    expect(problem.message).toContain("db.example:5432");
  });

  it("is nothing yet while PostgreSQL is starting up", () => {
    expect(isStillStarting(withCode("57P03"))).toBe(true);
    expect(isStillStarting(withCode("28P01"))).toBe(false);
  });
});

describe("a full disk", () => {
  it.each(["53100", "ENOSPC", "EDQUOT"])("is known by %s", (code) =>
    expect(isDiskFull(withCode(code))).toBe(true),
  );

  it("is known by what Prisma's adapter says of it, and is nothing else", () => {
    const cause = { kind: "postgres", originalCode: "53100" };
    const error = Object.assign(new Error("raw query failed"), { meta: { driverAdapterError: { cause } } });
    expect(isDiskFull(error)).toBe(true);
    expect(isDiskFull(withCode("53200"))).toBe(false);
    expect(isDiskFull(new Error("53100"))).toBe(false);
  });
});
