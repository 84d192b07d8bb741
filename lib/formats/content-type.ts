export function isJson(contentType: string): boolean {
  const [type = ""] = contentType.toLowerCase().split(";");
  return /^application\/json$|^[^/]+\/json$|\+json$/.test(type.trim());
}
