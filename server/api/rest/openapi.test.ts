import { describe, expect, it } from "vitest";
import { openApiDocument } from "./openapi";
import { restRoutes } from "./routes";

const document = JSON.parse(JSON.stringify(openApiDocument()));

function eachNode(value: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) visit(value as Record<string, unknown>);
  for (const part of Object.values(value)) eachNode(part, visit);
}

describe("the OpenAPI document", () => {
  it("describes every route of every procedure", () => {
    expect(document.openapi).toBe("3.1.0");
    for (const { method, path } of restRoutes)
      expect(document.paths[path]?.[method.toLowerCase()], `${method} ${path}`).toBeDefined();
  });

  it("names each operation once", () => {
    const names: unknown[] = [];
    eachNode(document.paths, ({ operationId }) => operationId !== undefined && names.push(operationId));
    expect(names.length).toBeGreaterThan(restRoutes.length);
    expect(new Set(names).size).toBe(names.length);
  });

  it("refers only to what it holds", () => {
    eachNode(document, ({ $ref }) => {
      if (typeof $ref !== "string") return;
      const found = $ref
        .slice(2)
        .split("/")
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
      expect(found, $ref).toBeDefined();
    });
  });

  it("says which fields a body must have", () => {
    const { schema } =
      document.paths["/projects/{project}/jobs"].post.requestBody.content["application/json"];
    expect(schema.required).toContain("labels");
    expect(schema.required).not.toContain("concurrency");
  });
});
