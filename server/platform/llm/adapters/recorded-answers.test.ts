import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { realInput } from "@/server/testing/real-inputs";
import { readFailure } from "../http/read-failure";
import { LlmError } from "../port";
import { readChatCompletion } from "./chat-completion";

type Recorded = { status: number; body: () => string };

const folder = realInput("openai-wire/openllmetry");

/** Bodies and statuses of a recording; reads the three ways in which its YAML writes a body. */
function readRecording(name: string): Recorded[] {
  const lines = readFileSync(path.join(folder.path, name), "utf8").split("\n");
  return lines.flatMap((line, at) => {
    const opening = /^ {6}string: (.*)$/.exec(line)?.[1];
    if (opening === undefined) return [];
    const below = lines.slice(at + 1);
    const rest = below
      .slice(
        0,
        below.findIndex((next) => !next.startsWith("       ") && next !== ""),
      )
      .map((next) => next.trim());
    const status = Number(/code: (\d+)/.exec(below.find((next) => /^ {6}code:/.test(next)) ?? "")?.[1]);
    return [{ status, body: () => readScalar(opening, rest) }];
  });
}

function readScalar(opening: string, rest: string[]): string {
  if (opening.startsWith("!!binary"))
    return gunzipSync(Buffer.from(rest.join(""), "base64")).toString("utf8");
  const folded = [opening, ...rest].reduce((text, line) =>
    text.endsWith("\\") ? text.slice(0, -1) + line.replace(/^\\ /, " ") : `${text} ${line}`,
  );
  if (opening.startsWith("'")) return folded.slice(1, -1).replaceAll("''", "'");
  return JSON.parse(
    folded.replace(/\\(?:U([0-9A-F]{8})|x([0-9A-F]{2}))/g, (_all, wide?: string, byte?: string) =>
      String.fromCodePoint(Number.parseInt(wide ?? byte ?? "", 16)),
    ),
  );
}

describe.skipIf(folder.missing)(folder.missing ? folder.reason : "recorded exchanges", () => {
  it.each([
    "test_chat.test_chat.yaml",
    "test_chat.test_azure.yaml",
    "test_chat_content_filtering.test_azure.yaml",
    "test_chat_tool_calls.test_chat.yaml",
    "test_async_parsed_completion.test_chat_parse.yaml",
  ])("%s: every completion is read", (name) => {
    const recorded = readRecording(name);
    expect(recorded.length).toBeGreaterThanOrEqual(3);
    for (const { status, body } of recorded) {
      expect(status).toBe(200);
      const parsed = JSON.parse(body());
      const completion = readChatCompletion(parsed, null);
      expect(completion.text).toBe(parsed.choices[0].message?.content ?? "");
      expect(completion.usage?.prompt).toBe(parsed.usage.prompt_tokens);
      expect(completion.servedModel).toBe(parsed.model);
      expect(completion.tokens).toBeNull();
      expect(completion.finishReason).toBe(parsed.choices[0].finish_reason);
    }
  });

  it("an answer that Azure's filter cut is an empty answer, not a failure", () => {
    const [filtered] = readRecording("test_chat_content_filtering.test_azure.yaml");
    expect(readChatCompletion(JSON.parse(filtered?.body() ?? ""), null)).toMatchObject({
      text: "",
      finishReason: "content_filter",
    });
  });

  it("a prompt that Azure's filter refused fails for good, with its reason", () => {
    const [refused] = readRecording("test_prompt_content_filtering.test_azure.yaml");
    const failure = readFailure({
      status: refused?.status ?? 0,
      headers: {},
      body: refused?.body() ?? "",
      apiKey: null,
    });
    expect(failure).toBeInstanceOf(LlmError);
    expect(failure).toMatchObject({ kind: "bad_request", message: expect.stringContaining("filtered") });
  });

  it("a wrong key is one", () => {
    const denied = readRecording("test_azure_openai_embeddings.test_embeddings.yaml").find(
      ({ status }) => status === 401,
    );
    const failure = readFailure({ status: 401, headers: {}, body: denied?.body() ?? "", apiKey: null });
    expect(failure).toMatchObject({
      kind: "auth",
      message: expect.stringContaining("invalid subscription key"),
    });
  });
});
