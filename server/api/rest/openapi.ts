import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { problem } from "@/contracts/common";
import { env } from "@/server/platform/env";
import { appRouter } from "../root";
import { queryGuide } from "./query-guide";
import { type RestRoute, restRoutes } from "./routes";
import { streamedPaths } from "./streamed-paths";

type Parsers = { _def: { inputs: z.ZodType[]; output?: z.ZodType } };
const procedures = appRouter._def.procedures as unknown as Record<string, Parsers>;

/** The OpenAPI 3.1 document, made from the procedures themselves. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = { ...streamedPaths };
  for (const route of restRoutes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Tandem",
      version: "1",
      description:
        "Everything the browser can do, for programs. Errors are application/problem+json; lists page by `cursor`; " +
        `every creating POST takes an \`Idempotency-Key\`.\n${queryGuide}`,
    },
    servers: [{ url: `${env().url}/api/v1` }],
    paths,
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    security: [{ token: [] }],
  });
}

function operation(route: RestRoute): ZodOpenApiOperationObject {
  const { inputs, output } = procedures[route.procedure]?._def ?? { inputs: [] };
  const fields = Object.assign(
    {},
    ...inputs.map((input) => (input instanceof z.ZodObject ? input.shape : {})),
  ) as Record<string, z.ZodType>;
  const inPath = route.segments.filter((part) => part.startsWith("{")).map((part) => part.slice(1, -1));
  const pick = (names: string[]) =>
    z.object(Object.fromEntries(names.flatMap((name) => (fields[name] ? [[name, fields[name]]] : []))));
  const rest = Object.keys(fields).filter((name) => !inPath.includes(name));
  const hasBody = route.method !== "GET" && route.method !== "DELETE" && rest.length > 0;
  return {
    operationId: route.procedure.replaceAll(".", "-"),
    summary: route.summary,
    tags: route.tags,
    ...(route.protected ? {} : { security: [] }),
    requestParams: {
      ...(inPath.length > 0 ? { path: pick(inPath) } : {}),
      ...(!hasBody && rest.length > 0 ? { query: pick(rest) } : {}),
    },
    ...(hasBody
      ? { requestBody: { required: true, content: { "application/json": { schema: pick(rest) } } } }
      : {}),
    responses: {
      [`${route.status}`]:
        route.status === 204 || !output
          ? { description: "Done" }
          : { description: "The result", content: { "application/json": { schema: output } } },
      default: {
        description: "What went wrong",
        content: { "application/problem+json": { schema: problem } },
      },
    },
  };
}
