import { openApiDocument } from "@/server/api/rest/openapi";

export const dynamic = "force-dynamic";

export const GET = (): Response => Response.json(openApiDocument());
