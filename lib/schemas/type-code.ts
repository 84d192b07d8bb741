import { InputData, JSONSchemaInput, JSONSchemaStore, quicktype } from "quicktype-core";
import type { CodeLanguage } from "./code-languages.ts";

const TARGETS = {
  typescript: { lang: "typescript", rendererOptions: { "just-types": true, "prefer-unions": true } },
  zod: { lang: "typescript-zod", rendererOptions: {} },
  go: { lang: "go", rendererOptions: { "just-types": true } },
} as const;

/** Nothing is fetched: what a schema refers to elsewhere is not known here. */
class NoStore extends JSONSchemaStore {
  override fetch(address: string): Promise<undefined> {
    throw new Error(`The schema refers to ${address}, which is not fetched`);
  }
}

/** The type of an event's data in a language, as code to copy. */
export async function typeCode(schema: string, name: string, language: CodeLanguage): Promise<string> {
  const input = new JSONSchemaInput(new NoStore());
  await input.addSource({ name, schema: language === "typescript" ? withoutFormats(schema) : schema });
  const inputData = new InputData();
  inputData.addInput(input);
  const { lines } = await quicktype({ inputData, ...TARGETS[language], indentation: "  ", combineClasses: false });
  return `${lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

/** TypeScript describes what JSON.parse gives, where a time is a text and not a Date. */
function withoutFormats(schema: string): string {
  return JSON.stringify(JSON.parse(schema), (key, value) =>
    key === "format" && typeof value === "string" ? undefined : value,
  );
}
