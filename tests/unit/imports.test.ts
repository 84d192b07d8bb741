import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

// What the linter's rules cannot say of DESIGN.md's import table: this walks every import, whichever way it is written.

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g;

type Import = { from: string; to: string };

function sourcesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
    .map((name) => path.posix.join(folder, name));
}

/** Every import of the product: ours as paths from the root, packages by their names. */
const imports: Import[] = ["app", "components", "lib", "drizzle"].flatMap(sourcesBelow).flatMap((from) => {
  const code = fs.readFileSync(from, "utf8");
  return Array.from(code.matchAll(IMPORT), (match) => ({
    from,
    to: resolved(from, match[1] ?? match[2] ?? match[3]!),
  }));
});

function resolved(from: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(from), specifier) : specifier;
}

const below =
  (...folders: string[]) =>
  (file: string) =>
    folders.some((folder) => file.startsWith(`${folder}/`));
const packages =
  (...names: string[]) =>
  (to: string) =>
    names.some((name) => to === name || to.startsWith(`${name}/`));

function violations(from: (file: string) => boolean, to: (target: string) => boolean): string[] {
  return imports.filter((one) => from(one.from) && to(one.to)).map((one) => `${one.from} imports ${one.to}`);
}

const COMMANDS = /^lib\/(accounts|api-keys|workspaces|event-types|endpoints|sources|customers)\/commands/;
const FRAMEWORK = packages("next", "next-auth", "react", "react-dom", "server-only");
const DATABASE = (to: string) =>
  packages("drizzle-orm", "postgres", "pg-boss")(to) || /^lib\/db(\.ts)?$/.test(to) || below("lib/queue")(to);

test("the walk sees the imports of the product", () => {
  expect(imports.length).toBeGreaterThan(200);
});

test("pages and components never touch the database or the queue", () => {
  expect(violations(below("app", "components"), DATABASE)).toEqual([]);
});

test("components do not know pages, and leave zod on the server", () => {
  expect(violations(below("components"), below("app"))).toEqual([]);
  expect(violations(below("components"), packages("zod"))).toEqual([]);
});

test("lib and schema run without Next and React; only lib/web knows them, and nothing in lib calls upwards", () => {
  const inLib = (file: string) => below("lib", "drizzle")(file) && !below("lib/web")(file);
  expect(violations(inLib, FRAMEWORK)).toEqual([]);
  expect(violations(inLib, below("app", "components", "lib/web"))).toEqual([]);
  expect(violations(below("lib/web"), below("app", "components"))).toEqual([]);
});

test("formats and providers are pure: node:crypto, their own folder, jose", () => {
  const own = (one: Import) => path.posix.dirname(one.from) === path.posix.dirname(one.to);
  const impure = imports.filter(
    (one) => below("lib/formats", "lib/providers")(one.from) && !own(one) && !["node:crypto", "jose"].includes(one.to),
  );
  expect(impure).toEqual([]);
});

test("the stages import each other down the flow only, never reports or the nouns' commands", () => {
  const stages = below("lib/doors", "lib/ingest", "lib/queue", "lib/delivery");
  expect(violations(stages, (to) => below("lib/reports")(to) || COMMANDS.test(to))).toEqual([]);
  expect(violations(below("lib/ingest", "lib/queue", "lib/delivery"), below("lib/doors"))).toEqual([]);
  expect(violations(below("lib/queue", "lib/delivery"), below("lib/ingest"))).toEqual([]);
});

test("no folder or file is a grab-bag", () => {
  const files = ["app", "components", "lib", "drizzle", "tests"].flatMap(sourcesBelow);
  const names = /(^|\/)(utils?|helpers?|common|misc|types|index)(\.tsx?|\/)/;
  expect(files.filter((file) => names.test(file))).toEqual([]);
});

test("tests wait for conditions and fake nothing behind a module's back", () => {
  const code = ["tests"].flatMap(sourcesBelow).filter((file) => !file.endsWith("imports.test.ts"));
  const forbidden = /waitForTimeout\(|vi\.mock\(|vi\.doMock\(|\.(only|skip|todo|fixme)\(/;
  expect(code.filter((file) => forbidden.test(fs.readFileSync(file, "utf8")))).toEqual([]);
});
