import type { IncomingMessage } from "node:http";
import { equalInConstantTime } from "@/server/platform/crypto";
import { ApiError } from "./api-error";
import { completeChat, type Knowledge } from "./complete-chat";
import { embedTexts } from "./embed-texts";
import { MODEL_NAME } from "./present-completion";
import { readBody } from "./read-body";
import { chatRequest, embeddingRequest } from "./request";

const MODEL = { id: MODEL_NAME, object: "model", created: 0, owned_by: "tandem" };

/**
 * Answers one request to the endpoint: `POST /v1/chat/completions`, `POST /v1/embeddings`, `GET /v1/models` and `/v1/models/{name}`.
 *
 * @returns the body to send as JSON with status 200
 * @throws ApiError for everything else, as OpenAI's API does
 */
export async function handleRequest(
  request: IncomingMessage,
  apiKey: string,
  knowledge: Knowledge,
): Promise<unknown> {
  authenticate(request, apiKey);
  const path = (request.url ?? "").replace(/\?.*$/u, "");
  const route = `${request.method} ${path}`;
  if (route === "GET /v1/models") return { object: "list", data: [MODEL] };
  if (route.startsWith("GET /v1/models/")) return modelNamed(path.slice("/v1/models/".length));
  if (route === "POST /v1/chat/completions") {
    const body = await readBody(request, chatRequest);
    modelNamed(body.model);
    return completeChat(knowledge, body);
  }
  if (route === "POST /v1/embeddings") {
    const body = await readBody(request, embeddingRequest);
    modelNamed(body.model);
    return embedTexts(body);
  }
  throw new ApiError(404, `Unknown request URL: ${route}.`, "unknown_url");
}

function authenticate(request: IncomingMessage, apiKey: string): void {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (given === undefined) throw new ApiError(401, "You didn't provide an API key.");
  if (!equalInConstantTime(given, apiKey)) {
    throw new ApiError(401, "Incorrect API key provided.", "invalid_api_key");
  }
}

function modelNamed(name: string) {
  if (name === MODEL_NAME) return MODEL;
  throw new ApiError(404, `The model '${name}' does not exist.`, "model_not_found", "model");
}
