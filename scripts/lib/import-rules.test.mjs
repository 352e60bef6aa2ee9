import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findForbiddenImports } from "./import-rules.mjs";

let folder;
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A tree with the files given and the project's way to name them. */
function tree(files) {
  folder = mkdtempSync(path.join(tmpdir(), "tandem-imports-"));
  const config = {
    compilerOptions: { module: "ESNext", moduleResolution: "Bundler", paths: { "@/*": ["./*"] } },
  };
  for (const [name, text] of Object.entries({ "tsconfig.json": JSON.stringify(config), ...files })) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** Every file that the cases import, so that a rule is broken by the arrow and not by a missing file. */
const TARGETS = {
  "app/part.ts": "export const it = 1;",
  "components/part.ts": "export const it = 1;",
  "contracts/part.ts": "export const it = 1;",
  "sdk/part.ts": "export const it = 1;",
  "sdk/index.ts": "export const it = 1;",
  "sdk/cli/part.ts": "export const it = 1;",
  "prisma/generated/client/client.ts": "export const it = 1;",
  "server/api/part.ts": "export const it = 1;",
  "server/auth/part.ts": "export const it = 1;",
  "server/collab/part.ts": "export const it = 1;",
  "server/platform/db.ts": "export const it = 1;",
  "server/testing/part.ts": "export const it = 1;",
  "server/modules/access/index.ts": "export const it = 1;",
  "server/modules/access/inner.ts": "export const it = 1;",
  "server/modules/jobs/index.ts": "export const it = 1;",
  "trpc/client.tsx": "export const it = 1;",
  "trpc/server.ts": "export const it = 1;",
  "package.json": JSON.stringify({ dependencies: { react: "1", pg: "1" }, devDependencies: { vitest: "1" } }),
  ...installed("react"),
  ...installed("pg"),
  ...installed("vitest"),
};

function installed(name) {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0", main: "index.js" }),
    [`node_modules/${name}/index.js`]: "export const it = 1;",
  };
}

const FORBIDDEN = [
  ["app-is-a-shim", "app/page.tsx", "@/server/api/part"],
  ["route-handlers-call-the-api", "app/api/x/route.ts", "@/server/modules/access"],
  ["components-never-touch-the-server", "components/x.tsx", "@/server/api/part"],
  ["components-never-touch-the-server", "components/y.tsx", "@/trpc/server"],
  ["trpc-client-knows-types-only", "trpc/client.ts", "@/server/api/part"],
  ["trpc-server-calls-the-api", "trpc/server.tsx", "@/server/modules/access"],
  ["contracts-stand-alone", "contracts/x.ts", "@/server/platform/db"],
  ["contracts-do-no-io", "contracts/y.ts", "node:fs"],
  ["contracts-do-no-io", "contracts/z.ts", "pg"],
  ["the-sdk-stands-alone", "sdk/x.ts", "@/server/platform/db"],
  ["the-sdk-takes-types-only", "sdk/y.ts", "@/contracts/part"],
  ["the-sdk-takes-types-only", "sdk/z.ts", "react"],
  ["the-sdk-takes-types-only", "sdk/cli/x.ts", "@/contracts/part"],
  ["the-command-line-is-a-program", "sdk/cli/y.ts", "../part"],
  ["the-sdk-knows-no-command-line", "sdk/v.ts", "./cli/part"],
  ["edges-use-modules-by-their-index", "server/api/x.ts", "@/server/modules/access/inner"],
  ["edges-never-know-each-other", "server/worker/x.ts", "@/server/collab/part"],
  ["signing-in-knows-access-only", "server/auth/x.ts", "@/server/modules/jobs"],
  ["prisma-stays-inside", "server/collab/x.ts", "@/prisma/generated/client/client"],
  ["prisma-stays-inside", "server/api/z.ts", "pg"],
  ["modules-know-no-framework", "server/modules/jobs/v.ts", "react"],
  ["the-product-installs-what-it-uses", "server/platform/z.ts", "vitest"],
  ["modules-never-know-edges", "server/modules/jobs/x.ts", "@/server/api/part"],
  ["modules-by-their-index", "server/modules/jobs/y.ts", "@/server/modules/access/inner"],
  ["module-order-access", "server/modules/access/x.ts", "@/server/modules/jobs"],
  ["platform-knows-no-domain", "server/platform/x.ts", "@/server/modules/access"],
  ["pure-cores-do-no-io", "server/modules/evaluation/statistics/x.ts", "@/server/platform/db"],
  ["the-product-needs-no-tests", "server/modules/jobs/z.ts", "@/server/testing/part"],
  ["no-dead-ends", "server/platform/y.ts", "./nowhere"],
];

const ALLOWED = [
  ["app/x/page.tsx", "@/components/part"],
  ["app/api/y/route.ts", "@/server/api/part"],
  ["components/z.tsx", "@/trpc/client"],
  ["server/api/y.ts", "@/server/modules/jobs"],
  ["server/auth/y.ts", "@/server/modules/access"],
  ["server/modules/jobs/w.ts", "@/server/modules/access"],
  ["server/modules/access/y.ts", "@/server/platform/db"],
  ["server/platform/pool.ts", "pg"],
  ["server/modules/jobs/w.test.ts", "@/server/testing/part"],
  ["sdk/w.ts", "./part"],
  ["sdk/cli/w.ts", ".."],
  ["sdk/cli/v.ts", "./part"],
];

const importOf = (target) => `import { it } from "${target}";\nexport const used = it;\n`;

describe("the import rules", () => {
  it("name every forbidden import, and nothing else", async () => {
    const cases = [...FORBIDDEN.map(([, file, target]) => [file, target]), ...ALLOWED];
    const files = Object.fromEntries(cases.map(([file, target]) => [file, importOf(target)]));
    const found = await findForbiddenImports(tree({ ...TARGETS, ...files }));
    for (const [rule, file] of FORBIDDEN) {
      expect(found, `${rule} in ${file}`).toContainEqual(expect.objectContaining({ rule, from: file }));
    }
    for (const [file] of ALLOWED) {
      expect(
        found.filter(({ from }) => from === file),
        file,
      ).toEqual([]);
    }
  });

  it("forbid two files that import each other", async () => {
    const found = await findForbiddenImports(
      tree({ "contracts/a.ts": importOf("./b"), "contracts/b.ts": importOf("./a") }),
    );
    expect(found.map(({ rule }) => rule)).toContain("no-circles");
  });

  it("fail when there was nothing to look at", async () => {
    await expect(findForbiddenImports(tree({ "app/readme.md": "", "elsewhere.ts": "" }))).rejects.toThrow(
      "saw no file",
    );
  });
});
