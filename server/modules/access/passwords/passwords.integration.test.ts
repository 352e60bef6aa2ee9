import { scryptSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { checkPassword } from "..";

let test: TestDatabase;
const password = "tractor umbrella ninety violet";
/** As the product stores it, at a cost that lets a test check a hundred of them. */
const salt = Buffer.from("a salt of a test");
const key = scryptSync(password, salt, 32, { N: 16, r: 8, p: 1 });
const passwordHash = ["scrypt", 16, 8, 1, salt.toString("base64url"), key.toString("base64url")].join("$");

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

let people = 0;
async function newAccount(given: { disabledAt?: Date; passwordHash?: null } = {}) {
  const email = `person-${people++}@example.org`;
  await test.db.user.create({ data: { id: newId(), name: "Ada", email, passwordHash, ...given } });
  return email;
}

const tryOnce = (email: string, given = password, address: string | null = "192.0.2.1") =>
  errorCode(checkPassword(test.db, { email, password: given, address }));

const inRow = async (times: number, attempt: () => Promise<string>) => {
  const ends: string[] = [];
  for (let n = 0; n < times; n++) ends.push(await attempt());
  return ends;
};

const endWindows = () => test.db.signInThrottle.updateMany({ data: { endsAt: new Date(Date.now() - 1) } });

describe("a password", () => {
  it("signs in, in whatever case the address is typed", async () => {
    const email = await newAccount();
    expect(await tryOnce(`  ${email.toUpperCase()} `)).toBe("no error");
  });

  it("is refused in the same words for a stranger, somebody disabled and an account without one", async () => {
    const emails = [
      await newAccount(),
      "nobody@example.org",
      await newAccount({ disabledAt: new Date() }),
      await newAccount({ passwordHash: null }),
    ];
    const said = new Set<string>();
    for (const [index, email] of emails.entries()) {
      const given = index === 0 ? "wrong" : password;
      const error = await checkPassword(test.db, { email, password: given, address: null }).catch(
        (e: Error) => e,
      );
      said.add(String(error));
    }
    expect([...said]).toEqual(["AppError: The e-mail address or the password is wrong."]);
  });

  it("is not looked at after ten wrong ones in a minute from one address, not even the right one", async () => {
    const email = await newAccount();
    expect(new Set(await inRow(10, () => tryOnce(email, "wrong")))).toEqual(new Set(["invalid_credentials"]));
    expect(await tryOnce(email)).toBe("rate_limited");
    expect(await tryOnce(email, password, "192.0.2.2")).toBe("no error");
    const refusal = await checkPassword(test.db, { email, password, address: "192.0.2.1" }).catch((e) => e);
    expect(refusal).toMatchObject({ status: 429 });
    expect(refusal.retryAfter).toBeGreaterThan(0);
    expect(refusal.retryAfter).toBeLessThanOrEqual(60);
    await endWindows();
    expect(await tryOnce(email)).toBe("no error");
  });

  it("can't be guessed more often by trying at once", async () => {
    const email = await newAccount();
    const ends = await Promise.all(Array.from({ length: 25 }, () => tryOnce(email, "wrong")));
    expect(ends.filter((end) => end === "invalid_credentials")).toHaveLength(10);
    expect(ends.filter((end) => end === "rate_limited")).toHaveLength(15);
  });

  it("that is right never counts, also many times at once", async () => {
    const email = await newAccount();
    const ends = await Promise.all(Array.from({ length: 14 }, () => tryOnce(email)));
    expect(new Set(ends)).toEqual(new Set(["no error"]));
  });

  it("of strangers is throttled like anybody's", async () => {
    const ends = await inRow(11, () => tryOnce("stranger@example.org", "wrong", "192.0.2.3"));
    expect(ends.at(-1)).toBe("rate_limited");
  });

  it("is not looked at after a hundred wrong ones from new addresses, but is from an address known before", async () => {
    const email = await newAccount();
    expect(await tryOnce(email, password, "198.51.100.1")).toBe("no error");
    for (let n = 0; n < 100; n++)
      expect(await tryOnce(email, "wrong", `203.0.113.${n}`)).toBe("invalid_credentials");
    expect(await tryOnce(email, password, "203.0.113.200")).toBe("rate_limited");
    expect(await tryOnce(email, password, "198.51.100.1")).toBe("no error");
  });
});
