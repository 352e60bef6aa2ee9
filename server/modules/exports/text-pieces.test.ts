import { expect, it } from "vitest";
import { textPieces } from "./text-pieces";

it("gives every row with its end, many in one piece, but never a large one", () => {
  const rows = Array.from({ length: 3000 }, (_, at) => `${at} ${"ü".repeat(at % 500)}`);
  const pieces = [...textPieces(rows, (row) => row, "\r\n")];
  expect(pieces.join("")).toBe(rows.map((row) => `${row}\r\n`).join(""));
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.length).toBeLessThan(rows.length / 10);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(64 * 1024);
});

it("gives a row that is large by itself whole, and no piece for no rows", () => {
  const large = "x".repeat(200_000);
  expect([...textPieces(["a", large, "b"], (row) => row)]).toEqual([`a${large}`, "b"]);
  expect([...textPieces([], String, "\n")]).toEqual([]);
});
