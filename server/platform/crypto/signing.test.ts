import { describe, expect, it } from "vitest";
import { signText, verifyText } from "./signing";

const secret = "a secret of the server, long enough to be one";

describe("signText", () => {
  it("gives the text back to the same secret and purpose only", () => {
    const signed = signText("position 7, ünïcödé 😀", secret, "cursor");
    expect(verifyText(signed, secret, "cursor")).toBe("position 7, ünïcödé 😀");
    expect(verifyText(signed, secret, "ticket")).toBeNull();
    expect(verifyText(signed, `${secret}!`, "cursor")).toBeNull();
  });

  it("refuses what was changed, cut or never signed", () => {
    const [body = "", mac = ""] = signText("7", secret, "cursor").split(".");
    const forged = Buffer.from("8").toString("base64url");
    for (const text of [`${forged}.${mac}`, body, `${body}.`, `${body}.${mac}.x`, `${body}.${mac}x`, "", "."])
      expect(verifyText(text, secret, "cursor")).toBeNull();
  });
});
