import { describe, expect, it } from "vitest";
import { createAddressGuard } from "./address-guard";
import { isAllowedHost } from "./allowed-hosts";
import { checkBaseUrl } from "./check-base-url";

const settings = {
  openai: { apiKey: undefined, baseUrl: "http://10.0.0.7:8000/v1", organization: undefined },
  allowedHosts: ["gpu-box", "127.0.0.1:11434", "[::1]:*", "*.llm.internal:443"],
  trustedOrigins: ["http://10.0.0.7:8000"],
};
const names: Record<string, string[]> = {
  "api.example.com": ["93.184.216.34"],
  "rebound.example.com": ["10.0.0.1"],
  "mixed.example.com": ["10.0.0.1", "93.184.216.34"],
  "gpu-box": ["192.168.7.7"],
  localhost: ["::1", "127.0.0.1"],
  "a.llm.internal": ["10.9.9.9"],
};
const resolve = async (host: string) => {
  const addresses = names[host] ?? (/^[\d.]+$|:/.test(host) ? [host] : null);
  if (!addresses) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
  return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
};
const problem = (baseUrl: string) => checkBaseUrl(baseUrl, settings, resolve);

describe("an agent's base URL", () => {
  it.each([
    "https://api.example.com/v1",
    "https://93.184.216.34/v1",
    "http://10.0.0.7:8000/v1",
    "http://gpu-box:9999/v1",
    "http://127.0.0.1:11434/v1",
    "http://[::1]:5000/v1",
    "http://localhost:11434/v1",
    "https://a.llm.internal/v1",
    "https://not-known-yet.example/v1",
  ])("%s is accepted", async (url) => expect(await problem(url)).toBeNull());

  it.each([
    "http://10.0.0.7:8001/v1",
    "http://127.0.0.1:3000/v1",
    "http://0x7f.1/v1",
    "http://2130706433/v1",
    "http://[::ffff:7f00:1]/v1",
    "http://169.254.169.254/latest",
    "http://rebound.example.com/v1",
    "http://a.llm.internal/v1",
  ])("%s is refused as private", async (url) =>
    expect(await problem(url)).toMatch(/private or local address.*TANDEM_LLM_ALLOWED_HOSTS/),
  );

  it.each([
    ["api.example.com/v1", /must be an address/],
    ["ftp://api.example.com/v1", /http:\/\/ or https/],
    ["https://me:secret@api.example.com/v1", /user name or password/],
    ["https://api.example.com/v1?key=1", /\? or #/],
    ["https://api.example.com/v1/chat/completions", /end before \/chat\/completions/],
    ["https://api.example.com/v1/responses/", /end before \/responses,/],
    ["https://api.example.com/v1/messages", /end before \/messages,/],
    ["https://me.openai.azure.com/openai/deployments/gpt-4o", /openai\.azure\.com\/openai\/v1/],
  ])("%s is refused with the reason", async (url, reason) => expect(await problem(url)).toMatch(reason));
});

describe("when the socket connects", () => {
  const guard = createAddressGuard({ ...settings, resolve });
  const connect = (url: string, options = { all: true }) =>
    new Promise((done) =>
      guard.lookupFor(new URL(url))("", options, (error, address) => done(error ?? address)),
    );

  it("gets only the public ones of a name's addresses", async () => {
    expect(await connect("https://mixed.example.com")).toEqual([{ address: "93.184.216.34", family: 4 }]);
  });

  it("gets none that became private since the check", async () => {
    let answer = "93.184.216.34";
    const changing = createAddressGuard({
      ...settings,
      resolve: async () => [{ address: answer, family: 4 }],
    });
    const url = new URL("https://changing.example.com/v1");
    await changing.resolve(url);
    answer = "127.0.0.1";
    const error = await new Promise((done) => changing.lookupFor(url)("", { all: true }, done));
    expect(error).toMatchObject({ kind: "forbidden_address" });
  });

  it("gets one address of the family it asks for, else a plain error", async () => {
    const one = new Promise((done) =>
      guard.lookupFor(new URL("http://gpu-box"))("", { family: 4 }, (_error, address) => done(address)),
    );
    expect(await one).toBe("192.168.7.7");
    const none = new Promise((done) => guard.lookupFor(new URL("http://gpu-box"))("", { family: 6 }, done));
    expect(await none).toMatchObject({ kind: "connection" });
  });
});

it("matches hosts and ports as the list spells them", () => {
  const at = (host: string, port: string) => ({ host, port });
  expect(isAllowedHost(["LocalHost"], at("localhost.", "1"))).toBe(true);
  expect(isAllowedHost(["localhost:*"], at("localhost", "1"))).toBe(true);
  expect(isAllowedHost(["localhost:80"], at("localhost", "81"))).toBe(false);
  expect(isAllowedHost(["*.example.com"], at("a.example.com", "1"))).toBe(true);
  expect(isAllowedHost(["*.example.com"], at("example.com", "1"))).toBe(false);
  expect(isAllowedHost(["*.example.com"], at("evilexample.com", "1"))).toBe(false);
  expect(isAllowedHost([], at("localhost", "1"))).toBe(false);
});
