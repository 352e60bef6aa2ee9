import { describe, expect, it } from "vitest";
import { readDocument, typeName } from "./read-document";

describe("the lines of the API page", () => {
  it("name parameters, body and answer of a route under its tag", () => {
    const { groups } = readDocument({
      info: { title: "T" },
      paths: {
        "/things/{id}": {
          post: {
            summary: "Make a thing",
            tags: ["things"],
            parameters: [
              { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
            ],
            requestBody: {
              content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
            },
            responses: {
              "201": { description: "Made" },
              "413": {
                description: "`too_large`: a thing is small",
                content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Thing" } } },
              },
              default: { description: "Not made" },
            },
          },
        },
      },
      components: {
        schemas: {
          Thing: {
            type: "object",
            required: ["name"],
            properties: { name: { type: "string" }, size: { anyOf: [{ type: "number" }, { type: "null" }] } },
          },
        },
      },
    });
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      tag: "Things",
      routes: [
        {
          method: "POST",
          parameters: [{ name: "id", type: "uuid", required: true }],
          body: {
            fields: [
              { name: "name", type: "string", required: true },
              { name: "size", type: "number | null", required: false },
            ],
          },
          answers: [
            { status: "201", type: "Made", fields: [] },
            { status: "413", type: "too_large: a thing is small", fields: [] },
          ],
        },
      ],
    });
  });

  it("refuses what is no OpenAPI document", () => {
    expect(() => readDocument({ title: "no" })).toThrow();
  });
});

describe("the name of a type", () => {
  it("ends where a schema holds itself", () => {
    const named = { Query: { anyOf: [{ type: "string" }, { type: "array", items: { $ref: "#/x/Query" } }] } };
    expect(typeName({ $ref: "#/x/Query" }, named)).toContain("string | array of");
  });

  it("lists the values of an enumeration", () => {
    expect(typeName({ enum: ["a", "b"] }, {})).toBe('"a" | "b"');
  });
});
