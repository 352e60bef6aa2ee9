import { z } from "zod";

type SchemaNode = {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  format?: string | undefined;
  enum?: unknown[] | undefined;
  const?: unknown;
  description?: string | undefined;
  properties?: Record<string, SchemaNode> | undefined;
  required?: string[] | undefined;
  items?: SchemaNode | undefined;
  anyOf?: SchemaNode[] | undefined;
  oneOf?: SchemaNode[] | undefined;
  allOf?: SchemaNode[] | undefined;
};

const schemaNode: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), schemaNode).optional(),
    required: z.array(z.string()).optional(),
    items: schemaNode.optional().catch(undefined),
    anyOf: z.array(schemaNode).optional(),
    oneOf: z.array(schemaNode).optional(),
    allOf: z.array(schemaNode).optional(),
  }),
);

const content = z.record(z.string(), z.object({ schema: schemaNode.optional() })).optional();
const answer = z.object({ description: z.string().optional(), content });
type Answer = z.infer<typeof answer>;
const operation = z.object({
  summary: z.string().optional(),
  tags: z.array(z.string()).default(["Other"]),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        schema: schemaNode.optional(),
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), answer).default({}),
});
const openApi = z.object({
  info: z.object({ title: z.string(), description: z.string().optional() }),
  servers: z.array(z.object({ url: z.string() })).default([]),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schemaNode).default({}) }).optional(),
});

/** A field of a request or an answer, as one line. */
export type DocField = { name: string; type: string; required: boolean; description: string | undefined };

export type DocRoute = {
  id: string;
  method: string;
  path: string;
  summary: string;
  parameters: DocField[];
  body: { type: string; fields: DocField[] } | null;
  answers: { status: string; type: string; fields: DocField[] }[];
};

export type ApiDocument = {
  description: string;
  server: string;
  groups: { tag: string; routes: DocRoute[] }[];
};

/**
 * The generated OpenAPI document as the lines of a page, grouped by tag in the document's order.
 * @throws ZodError when it isn't one
 */
export function readDocument(json: unknown): ApiDocument {
  const document = openApi.parse(json);
  const named = document.components?.schemas ?? {};
  const groups = new Map<string, DocRoute[]>();
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, one] of Object.entries(operations)) {
      const tag = capitalised(one.tags[0] ?? "Other");
      const body = one.requestBody?.content ? bodyOf(one.requestBody.content, named) : null;
      const route: DocRoute = {
        id: `${method}${path}`.replace(/[^a-z0-9]+/gi, "-"),
        method: method.toUpperCase(),
        path,
        summary: one.summary ?? "",
        parameters: one.parameters.map(({ name, required, schema }) => ({
          name,
          type: schema ? typeName(schema, named) : "string",
          required: required ?? false,
          description: schema?.description,
        })),
        body,
        answers: Object.entries(one.responses)
          .filter(([status]) => status !== "default")
          .map(([status, given]) => ({ status, ...answerOf(status, given, named) })),
      };
      groups.set(tag, [...(groups.get(tag) ?? []), route]);
    }
  return {
    description: document.info.description ?? "",
    server: document.servers[0]?.url ?? "",
    groups: [...groups].map(([tag, routes]) => ({ tag, routes })),
  };
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Named = Record<string, SchemaNode>;

/** All refusals have one form, so of those only the reasons are told. */
function answerOf(status: string, { description = "", content: given = {} }: Answer, named: Named) {
  const body = status < "400" ? bodyOf(given, named) : null;
  return body ?? { type: description.replaceAll("`", ""), fields: [] };
}

function bodyOf(given: NonNullable<z.infer<typeof content>>, named: Named) {
  const types = Object.entries(given);
  const [first] = types;
  if (!first) return null;
  const schema = resolve(first[1].schema ?? {}, named);
  const type = types.map(([name]) => name).join(", ");
  return { type, fields: fieldsOf(schema, named) };
}

function fieldsOf(schema: SchemaNode, named: Named): DocField[] {
  const parts = schema.allOf?.map((part) => resolve(part, named)) ?? [schema];
  return parts.flatMap((part) =>
    Object.entries(part.properties ?? {}).map(([name, property]) => ({
      name,
      type: typeName(property, named),
      required: part.required?.includes(name) ?? false,
      description: resolve(property, named).description,
    })),
  );
}

function resolve(schema: SchemaNode, named: Named): SchemaNode {
  const name = schema.$ref?.split("/").at(-1);
  return name ? (named[name] ?? schema) : schema;
}

/** "string", "uuid", "number | null", "array of object", "one of a, b". Two levels deep at most. */
export function typeName(schema: SchemaNode, named: Named, depth = 0): string {
  const node = resolve(schema, named);
  const choices = node.anyOf ?? node.oneOf;
  if (choices) {
    if (depth > 1) return "…";
    return [...new Set(choices.map((choice) => typeName(choice, named, depth + 1)))].join(" | ");
  }
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.type === "array") return `array of ${node.items ? typeName(node.items, named, depth + 1) : "any"}`;
  if (node.type === "object" && node.properties && depth === 0)
    return `{ ${Object.keys(node.properties).join(", ")} }`;
  const type = Array.isArray(node.type) ? node.type.join(" | ") : (node.type ?? "any");
  return type === "string" && node.format ? node.format : type;
}
