import Link from "next/link";
import { Tag } from "@/components/ui/badge";
import { UrlText } from "@/components/ui/chips";
import { formatId } from "@/lib/ids.ts";

export type Subscriber = { id: string; url: string; description: string; status: string; subscriptions: string[] };

/** The endpoints that would get an event of this type. */
export function SubscriberList({ endpoints, base }: { endpoints: Subscriber[]; base: string }) {
  if (endpoints.length === 0) {
    return <p className="text-fg-2 text-sm">No endpoint. Its events are stored, and delivered to nobody.</p>;
  }
  return (
    <ul className="divide-y rounded-card border text-sm">
      {endpoints.map(({ id, url, description, status, subscriptions }) => (
        <li key={id} className="flex min-h-10 items-center gap-2 px-3 py-2">
          <Link href={`${base}/${formatId("ep", id)}`} className="link min-w-0 truncate no-underline">
            {description ? <span title={url}>{description}</span> : <UrlText url={url} />}
          </Link>
          {status !== "active" && <Tag>{status}</Tag>}
          {subscriptions.length === 0 && <Tag className="ml-auto">all events</Tag>}
        </li>
      ))}
    </ul>
  );
}
