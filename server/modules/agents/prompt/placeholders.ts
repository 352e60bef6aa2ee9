import { type PromptVariable, promptVariables } from "@/contracts/agents";

export type SourceToken =
  | { kind: "text"; text: string }
  | { kind: "variable"; name: PromptVariable }
  | { kind: "metadata"; name: string }
  | { kind: "unknown"; name: string };

const PLACEHOLDER = /\{\{([^{}\n]{1,300})\}\}/g;
const LOOKS_LIKE_A_NAME = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

const isVariable = (name: string): name is PromptVariable => promptVariables.some((known) => known === name);

/**
 * Splits a section's source into literal text and placeholders. Braces that hold no name (`{"a": 1}`,
 * `{{ 1 + 1 }}`) are literal text, so that an instruction may show JSON or code.
 */
export function readPlaceholders(source: string): SourceToken[] {
  const tokens: SourceToken[] = [];
  let literalFrom = 0;
  for (const match of source.matchAll(PLACEHOLDER)) {
    const token = readPlaceholder((match[1] ?? "").trim());
    if (!token) continue;
    if (match.index > literalFrom)
      tokens.push({ kind: "text", text: source.slice(literalFrom, match.index) });
    tokens.push(token);
    literalFrom = match.index + match[0].length;
  }
  if (literalFrom < source.length) tokens.push({ kind: "text", text: source.slice(literalFrom) });
  return tokens;
}

function readPlaceholder(name: string): SourceToken | null {
  if (isVariable(name)) return { kind: "variable", name };
  const metadata = /^metadata\.(.+)$/u.exec(name)?.[1]?.trim();
  if (metadata) return { kind: "metadata", name: metadata };
  return LOOKS_LIKE_A_NAME.test(name) ? { kind: "unknown", name } : null;
}

/** How often `variable` stands in `source`. */
export function countVariable(source: string, variable: PromptVariable): number {
  return readPlaceholders(source).filter((token) => token.kind === "variable" && token.name === variable)
    .length;
}
