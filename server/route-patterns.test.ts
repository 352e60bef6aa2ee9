import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { ROUTE_PATTERNS } from "./route-patterns";

/** What Next serves without a file in `app/`, and what the server answers before Next is asked. */
const BESIDE_APP = ["/_next/{...rest}", "/api/metrics", "/icon.svg"];

const patternOf = (file: string): string =>
  `/${path.dirname(file)}`
    .replace(/^\/\.$/, "/")
    .replaceAll(/\[+(\.\.\.)?(\w+)\]+/g, (_, rest = "", name) => `{${rest}${name}}`);

it("every page and handler is counted under its own address", () => {
  const inApp = readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .map(patternOf);
  expect([...ROUTE_PATTERNS].sort()).toEqual([...inApp, ...BESIDE_APP].sort());
});
