import { formatId } from "@/lib/ids.ts";

/** Where a job is chosen: over a list's address, over ids, or over the failures of another job. */
export function newJobPath(slug: string, query: URLSearchParams | Record<string, string>): string {
  return `/w/${slug}/jobs/new?${new URLSearchParams(query)}`;
}

/** The page of a job, by its database id. */
export function jobPath(slug: string, id: string, query: Record<string, string> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `/w/${slug}/jobs/${formatId("job", id)}${text && `?${text}`}`;
}
