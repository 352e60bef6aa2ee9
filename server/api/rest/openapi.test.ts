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

  it("describes an upload by form as the one by body: one file, the same options, what is refused", () => {
    const { requestBody, parameters, responses } = document.paths["/projects/{project}/imports"].post;
    const form = requestBody.content["multipart/form-data"];
    const { file, ...fields } = form.schema.properties;
    expect(file).toMatchObject({ type: "string", format: "binary" });
    expect(form.schema.required).toEqual(["file"]);
    const inAddress = (parameters as { in: string; name: string }[]).filter((one) => one.in === "query");
    expect([...Object.keys(fields), "fileName"].toSorted()).toEqual(
      inAddress.map(({ name }) => name).toSorted(),
    );
    expect(fields.format.enum).toEqual(expect.arrayContaining(["csv", "labelstudio", "conll"]));
    expect(form.encoding.file.contentType.split(", ")).toEqual(
      Object.keys(requestBody.content).filter((type) => type !== "multipart/form-data"),
    );
    const refused = Object.keys(responses).filter((status) => status >= "400");
    expect(refused).toEqual(expect.arrayContaining(["400", "409", "413", "415", "422", "default"]));
    for (const status of refused)
      expect(responses[status].content["application/problem+json"].schema, status).toBeDefined();
  });

  it("says which fields a body must have", () => {
    const { schema } =
      document.paths["/projects/{project}/jobs"].post.requestBody.content["application/json"];
    expect(schema.required).toContain("labels");
    expect(schema.required).not.toContain("concurrency");
  });
});
