import { readFileSync } from "node:fs";
import { inProject, listFiles } from "./project.mjs";

const MAX_LINES = 500;

const SOURCES = [
  "app",
  "bench",
  "components",
  "contracts",
  "e2e",
  "prisma",
  "scripts",
  "sdk",
  "server",
  "trpc",
];

/** Migrations are written by a tool and read by one; the client is generated. */
const NOT_OURS = /^prisma\/(generated|migrations)\//;

/**
 * Files that nobody can read at one go.
 * @returns {{ file: string, lines: number }[]}
 */
export function findLongFiles() {
  return listFiles(SOURCES, (file) => /\.(tsx?|mjs|cjs|js|css|prisma)$/.test(file) && !NOT_OURS.test(file))
    .map((file) => ({ file, lines: countLines(readFileSync(inProject(file), "utf8")) }))
    .filter(({ lines }) => lines > MAX_LINES);
}

const countLines = (text) => text.trimEnd().split("\n").length;
