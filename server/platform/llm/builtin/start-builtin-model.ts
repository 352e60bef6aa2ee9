import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sha256 } from "@/server/platform/crypto";
import { log } from "@/server/platform/log";
import type { AnswerNames } from "./answer/distribute-over-options";
import { type TrainingExample, trainClassifier } from "./classifier/train-classifier";
import { ApiError } from "./endpoint/api-error";
import type { Knowledge } from "./endpoint/complete-chat";
import { handleRequest } from "./endpoint/handle-request";

export type BuiltinModelOptions = {
  trainingExamples: readonly TrainingExample[];
  /** Other names that a prompt's options may have for an answer, as `{ neg: ["negative"] }`. */
  answerNames?: AnswerNames;
};

export type BuiltinModel = {
  /** Ends in `/v1`, as clients of OpenAI's API want it. */
  baseUrl: string;
  /** Made anew at each start; opens this process's endpoint only. */
  apiKey: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
};

/**
 * Trains the built-in model and serves it as an OpenAI-compatible endpoint on a random port of the loopback
 * interface. Training takes a few hundred milliseconds; the same examples give the same model.
 *
 * @throws when the examples are too few to learn from
 */
export async function startBuiltinModel({
  trainingExamples,
  answerNames = {},
}: BuiltinModelOptions): Promise<BuiltinModel> {
  const knowledge: Knowledge = {
    classifier: trainClassifier(trainingExamples),
    names: answerNames,
    fingerprint: `fp_${sha256(JSON.stringify(trainingExamples)).slice(0, 10)}`,
  };
  const apiKey = `builtin-${randomBytes(32).toString("base64url")}`;

  const server = createServer(async (request, response) => {
    try {
      send(response, 200, await handleRequest(request, apiKey, knowledge));
    } catch (error) {
      // An incomplete request is a client that went away, which is no failure of the model.
      if (!(error instanceof ApiError) && request.complete) log().error({ err: error }, "built-in model");
      const known = error instanceof ApiError ? error : new ApiError(500, "The built-in model failed.");
      send(response, known.status, known.toBody());
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKey,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
