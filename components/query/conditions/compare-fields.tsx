"use client";

import { Select } from "@/components/ui/select";
import type { JsonValue } from "@/contracts/common";
import type { CompareOp } from "@/contracts/query";
import { CommitInput } from "../commit-input";

type Comparison = { op: CompareOp; value?: JsonValue | undefined };

type CompareFieldsProps = {
  /** What is compared, for readers of the fields: "price". */
  name: string;
  type: "string" | "number" | "boolean" | "json";
  value: Comparison;
  onChange: (value: Comparison) => void;
};

const words: Record<CompareOp, string> = {
  "==": "is",
  "!=": "is not",
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
  exists: "is there",
};
const choices = [
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
  { value: "absent", label: "is absent" },
];

/** Operator and value of a comparison, the value in the type of what is compared. */
export function CompareFields({ name, type, value: { op, value }, onChange }: CompareFieldsProps) {
  const chosen = op === "exists" && value === false ? "absent" : op;
  return (
    <>
      <Select
        aria-label={`How ${name} is compared`}
        className="w-28"
        options={choices}
        value={chosen}
        onValueChange={(next) => onChange(comparisonOf(next, { type, value }))}
      />
      {op === "exists" ? null : type === "boolean" ? (
        <Select
          aria-label={`Value of ${name}`}
          className="w-24"
          options={[
            { value: "true", label: "true" },
            { value: "false", label: "false" },
          ]}
          value={value === false ? "false" : "true"}
          onValueChange={(next) => onChange({ op, value: next === "true" })}
        />
      ) : (
        <CommitInput
          aria-label={`Value of ${name}`}
          className="w-40"
          inputMode={type === "number" ? "decimal" : "text"}
          value={typeof value === "string" ? value : JSON.stringify(value ?? "")}
          onCommit={(text) => onChange({ op, value: typedValue(text, type) })}
        />
      )}
    </>
  );
}

function comparisonOf(
  choice: string,
  { type, value }: Pick<CompareFieldsProps, "type"> & { value?: JsonValue | undefined },
): Comparison {
  if (choice === "absent") return { op: "exists", value: false };
  const op = choices.find((one) => one.value === choice)?.value;
  if (!isOp(op) || op === "exists") return { op: "exists", value: true };
  return {
    op,
    value:
      typeof value === "boolean" && type !== "boolean" ? "" : (value ?? (type === "boolean" ? true : "")),
  };
}

/** Numbers and JSON as such where that is the column's type; what isn't one stays text. */
function typedValue(text: string, type: CompareFieldsProps["type"]): JsonValue {
  if (type === "string" || text.trim() === "") return text;
  try {
    const value: JsonValue = JSON.parse(text);
    return type === "number" && typeof value !== "number" ? text : value;
  } catch {
    return text;
  }
}

const isOp = (text: string | undefined): text is CompareOp =>
  text !== undefined && Object.hasOwn(words, text);
