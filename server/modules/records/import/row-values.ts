import type { JsonValue } from "@/contracts/common";
import type { ImportType } from "@/contracts/imports";
import { MAX_DIMENSIONS } from "@/contracts/vectors";
import { singlePrecision, vectorProblem } from "../vectors/vector-problem";
import { parseJson, readAs } from "./column-types";

/** What one row holds beside its id and its text, as the types that the caller gave say. */
export class RowValues {
  readonly metadata = new Map<string, JsonValue>();
  /** By name; undefined where there is none, as in most imports. */
  vectors: Map<string, readonly number[]> | undefined;
  /** The first value that is not what its column was said to hold, as a sentence. */
  unfit: string | undefined;

  add(name: string, given: JsonValue, type: ImportType | undefined): void {
    if (type === "vector") this.addVector(name, given);
    else {
      const text = typeof given === "string" ? given : JSON.stringify(given);
      const value = type === undefined ? given : readAs(type, text);
      if (value === undefined) this.unfit ??= `"${name}" is no ${type}.`;
      else this.metadata.set(name, value);
    }
  }

  private addVector(name: string, given: JsonValue): void {
    const value = typeof given === "string" ? parseJson(given) : given;
    if (!isNumbers(value))
      this.unfit ??= `"${name}" is no vector: an array of 1 to ${MAX_DIMENSIONS} numbers such as [0.12, -0.5].`;
    else {
      const problem = vectorProblem(value);
      if (problem === null) {
        this.vectors ??= new Map();
        this.vectors.set(name, singlePrecision(value));
      } else this.unfit ??= `The vector "${name}" ${problem}.`;
    }
  }
}

const isNumbers = (value: JsonValue | undefined): value is number[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= MAX_DIMENSIONS &&
  value.every((one) => typeof one === "number");
