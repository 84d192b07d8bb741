import { SaxesParser } from "saxes";
import { append, type Fields, newFields, type Value } from "./fields.ts";

const MAX_DEPTH = 100;
const MAX_ELEMENTS = 50_000;
/** They cost much more than elements. */
const MAX_ATTRIBUTES = 10_000;

type Open = { name: string; fields: Fields; text: string };

class Unreadable extends Error {}

/**
 * XML's elements as JSON: an element with nothing but text is that text, an attribute stands as `@name`, text beside
 * other things as `#text`, and elements of one name are a list. Null when it is not well-formed, or has a document type:
 * entities are never looked up.
 */
export function xmlFieldsText(text: string): string | null {
  try {
    return JSON.stringify(parse(text));
  } catch {
    // The parser says what is wrong, and nobody here can mend it: there are no fields.
    return null;
  }
}

function parse(text: string): Fields {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const root: Open = { name: "", fields: newFields(), text: "" };
  const open = [root];
  let elements = 0;
  let attributes = 0;
  const addText = (more: string) => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on("doctype", () => {
    throw new Unreadable();
  });
  parser.on("attribute", () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) throw new Unreadable();
  });
  parser.on("opentag", ({ name, attributes: given }) => {
    elements += 1;
    if (open.length > MAX_DEPTH || elements > MAX_ELEMENTS) throw new Unreadable();
    const fields = newFields();
    for (const [attribute, value] of Object.entries(given)) fields[`@${attribute}`] = value;
    open.push({ name, fields, text: "" });
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const closed = open.pop();
    const parent = open.at(-1);
    if (closed && parent) append(parent.fields, closed.name, contentOf(closed));
  });
  parser.write(text).close();
  return root.fields;
}

function contentOf({ fields, text }: Open): Value {
  const trimmed = text.trim();
  if (Object.keys(fields).length === 0) return trimmed;
  if (trimmed !== "") fields["#text"] = trimmed;
  return fields;
}
