import { urlParts } from "@/components/ui/format";

/** What people call an endpoint: its description, else its host. */
export function endpointName({ description, url }: { description: string; url: string }): string {
  return description || urlParts(url).host;
}
