/**
 * The rule of arrows of ARCHITECTURE.md: edges know modules, modules never know edges, and of two modules only
 * the later knows the earlier. Tests may import what they please of their own side.
 */
const TEST = "(\\.test\\.tsx?$|^server/testing/|/testing/)";
const MODULES = [
  "peers",
  "access",
  "sight",
  "search",
  "projects",
  "records",
  "annotations",
  "label-imports",
  "subsets",
  "annotating",
  "bulk",
  "llm-keys",
  "webhooks",
  "agents",
  "schema-changes",
  "jobs",
  "evaluation",
  "verification",
  "reconciliation",
  "history",
  "discussions",
  "aggregation",
  "exports",
  "overview",
  "samples",
  "project-deletion",
];

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** A folder of ours, or a package, by the path that it resolves to. */
const OURS = "^(app|bench|components|contracts|e2e|prisma|scripts|sdk|server|trpc)/";
const packages = (...names) => `(^|/)node_modules/(${names.join("|")})/`;

/** A module may import the index of those before it in the order, and its own files. */
const orderOfModules = MODULES.map((name, at) =>
  forbid(
    `module-order-${name}`,
    `${name} stands before the modules that come after it: the later one asks the earlier one.`,
    { path: `^server/modules/${name}/`, pathNot: TEST },
    { path: MODULES.slice(at + 1).map((later) => `^server/modules/${later}/`) },
  ),
).slice(0, -1);

module.exports = {
  forbidden: [
    forbid(
      "app-is-a-shim",
      "A page asks its procedures and renders one component; a route handler may call server/api.",
      { path: "^app/", pathNot: ["/(route|actions)\\.tsx?$", TEST] },
      { path: OURS, pathNot: "^(app|components|trpc|contracts)/" },
    ),
    forbid(
      "route-handlers-call-the-api",
      "A route handler or a form's action calls server/api; signing in also calls server/auth.",
      { path: "^app/.*/(route|actions)\\.tsx?$" },
      { path: OURS, pathNot: "^(app|components|trpc|contracts|server/api|server/auth)/" },
    ),
    forbid(
      "components-never-touch-the-server",
      "Components get data from trpc/client and shapes from contracts.",
      { path: "^components/", pathNot: TEST },
      { path: OURS, pathNot: "^(components/|contracts/|trpc/client\\.)" },
    ),
    forbid(
      "trpc-client-knows-types-only",
      "What runs in the browser may know the types of the API and none of its code.",
      { path: "^trpc/client\\." },
      { path: OURS, pathNot: "^(trpc|contracts)/", dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "trpc-server-calls-the-api",
      "The caller in process calls server/api, and sends whoever is not signed in to the sign-in page.",
      { path: "^trpc/server\\." },
      { path: OURS, pathNot: "^(trpc|contracts|server/api|server/auth)/" },
    ),
    forbid(
      "contracts-stand-alone",
      "Contracts are shared by the browser, the server and programs, and know nothing else of ours.",
      { path: "^contracts/", pathNot: TEST },
      { path: OURS, pathNot: "^contracts/" },
    ),
    forbid(
      "contracts-do-no-io",
      "A contract is a shape or a pure rule that the browser shares: zod, and the estimator of passwords.",
      { path: "^contracts/", pathNot: TEST },
      { dependencyTypes: ["npm", "npm-dev", "core"], pathNot: packages("zod", "@zxcvbn-ts/[^/]+") },
    ),
    forbid(
      "the-sdk-stands-alone",
      "A program's library knows the types of contracts and no other code of ours.",
      { path: "^sdk/", pathNot: TEST },
      { path: OURS, pathNot: "^(sdk|contracts)/" },
    ),
    forbid(
      "the-sdk-takes-types-only",
      "What a program runs is the SDK's own code: it needs nothing but fetch.",
      { path: "^sdk/", pathNot: ["^sdk/examples/", TEST] },
      {
        path: ["^contracts/", "(^|/)node_modules/"],
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbid(
      "the-command-line-is-a-program",
      "It does what any program can: by the SDK's index.",
      { path: "^sdk/cli/", pathNot: TEST },
      { path: "^sdk/", pathNot: "^sdk/(cli/|index\\.ts$)" },
    ),
    forbid(
      "the-sdk-knows-no-command-line",
      "A library's user gets nothing of Node's.",
      { path: "^sdk/", pathNot: ["^sdk/cli/", TEST] },
      { path: "^sdk/cli/" },
    ),
    forbid(
      "edges-use-modules-by-their-index",
      "An edge calls a use case that a module offers in its index.",
      { path: "^server/(api|auth|worker|collab)/", pathNot: TEST },
      { path: "^server/modules/[^/]+/", pathNot: "^server/modules/[^/]+/index\\.ts$" },
    ),
    forbid(
      "edges-never-know-each-other",
      "The edges meet in server/main.ts alone; what they share is a module's or the platform's.",
      { path: "^server/(api|worker|collab)/", pathNot: TEST },
      { path: "^(app|components|trpc|server/(api|worker|collab)|server/[^/]+\\.ts)", pathNot: "^server/$1/" },
    ),
    forbid(
      "signing-in-knows-access-only",
      "server/auth is next-auth over the module access.",
      { path: "^server/auth/", pathNot: TEST },
      { path: OURS, pathNot: "^(contracts/|server/auth/|server/platform/|server/modules/access/index\\.ts)" },
    ),
    forbid(
      "prisma-stays-inside",
      "Rows are read and written by modules; an edge calls a use case.",
      { path: "^(app|components|trpc|server/(api|auth|worker|collab))/", pathNot: TEST },
      { path: ["^prisma/generated/", packages("@prisma", "pg")] },
    ),
    forbid(
      "modules-never-know-edges",
      "A use case is called the same way from every edge, and knows none.",
      { path: "^server/modules/", pathNot: TEST },
      { path: OURS, pathNot: "^(contracts/|prisma/|server/(modules|platform)/)" },
    ),
    forbid(
      "modules-know-no-framework",
      "A use case would work without a web server.",
      { path: "^server/(modules|platform)/", pathNot: TEST },
      { path: packages("next", "next-auth", "react", "react-dom", "@trpc/[^/]+") },
    ),
    forbid(
      "modules-by-their-index",
      "A module's files are its own; others get what its index names.",
      { path: "^server/modules/([^/]+)/", pathNot: TEST },
      {
        path: "^server/modules/[^/]+/",
        pathNot: ["^server/modules/$1/", "^server/modules/[^/]+/index\\.ts$"],
      },
    ),
    ...orderOfModules,
    forbid(
      "platform-knows-no-domain",
      "The platform would serve another product as well.",
      { path: "^server/platform/", pathNot: TEST },
      { path: OURS, pathNot: "^(server/platform/|prisma/generated/)" },
    ),
    forbid(
      "pure-cores-do-no-io",
      "Formats, statistics, policies, prompts and answers are computed from what they are given.",
      {
        path: "^server/modules/(peers|evaluation/statistics|aggregation/policies|agents/(prompt|answers))/",
        pathNot: TEST,
      },
      {
        path: [
          "^server/platform/(?!(errors|crypto/index|code-point-order)\\.ts$)",
          packages("@prisma", "pg"),
          "^prisma/",
        ],
      },
    ),
    forbid(
      "the-product-needs-no-tests",
      "Code of the product never imports code of tests.",
      { pathNot: [TEST, "^(e2e|bench|sdk/examples)/"] },
      { path: TEST },
    ),
    forbid(
      "the-product-installs-what-it-uses",
      "What the server needs when it runs is a dependency, not a development dependency.",
      { path: "^(app|components|contracts|server|trpc)/", pathNot: TEST },
      { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    ),
    forbid("no-circles", "Two files that import each other are one file.", {}, { circular: true }),
    forbid(
      "no-dead-ends",
      "An import must lead somewhere.",
      {},
      {
        couldNotResolve: true,
        // Next brings it along.
        pathNot: "^server-only$",
      },
    ),
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^prisma/generated/"] },
    exclude: { path: "^(\\.next|dist)/" },
    tsPreCompilationDeps: true,
    moduleSystems: ["es6", "tsd"],
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
