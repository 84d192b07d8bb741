"use client";

import { ColouredJson } from "@/components/ui/coloured-json";
import { CopyButton } from "@/components/ui/copy-button";
import { useLiveValue, useLiveValues } from "@/components/ui/live-form";
import type { Format, Method, Signature } from "@/lib/endpoints/states.ts";
import type { TreeType } from "@/lib/endpoints/subscription-tree.ts";
import { useWantedTypes } from "./event-picker";
import { previewBody } from "./preview-body";

/** A type with its example, when it has one short enough to be sent to a form. */
export type PreviewType = TreeType & { example: string | null };

type DeliveryPreviewProps = {
  types: PreviewType[];
  url: string;
  subscriptions: string[];
  method: Method;
  format: Format;
  headerNames: string[];
  signature: Signature;
  /** The kind that is stored; `none` without. */
  authentication: string;
  userAgent: string;
  /** What links in chat messages begin with. */
  source: string;
  now: string;
};

/** The request that the endpoint will get, as the form stands now. */
export function DeliveryPreview(props: DeliveryPreviewProps) {
  const { head, body } = usePreview(props);
  const text = [...head.map(([name, value]) => (value === null ? name : `${name}: ${value}`)), "", body].join("\n");
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <div className="flex h-9 items-center border-b pr-1 pl-3 text-xs touch:h-12">
        <span className="font-medium">First delivery will look like this</span>
        <span className="ml-auto">
          <CopyButton text={text} label="Copy preview">
            Copy
          </CopyButton>
        </span>
      </div>
      <section
        aria-label="Signed request preview"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="focus-inset max-h-[70vh] overflow-auto"
      >
        <pre className="mono px-3 py-2">
          {head.map(([name, value]) => (
            <HeadLine key={name} name={name} value={value} />
          ))}
          {"\n"}
          <ColouredJson text={body} />
        </pre>
      </section>
    </div>
  );
}

function HeadLine({ name, value }: { name: string; value: string | null }) {
  if (value === null) return <span className="block">{name}</span>;
  return (
    <span className="block">
      <span className="text-code-key">{name}</span>
      <span className="text-code-punct">: </span>
      {value}
    </span>
  );
}

const SIGNED: Record<string, string> = { hmac: "v1,K5oZfz", ed25519: "v1a,hnO3f9" };
const SCHEMES: Record<string, string> = { basic: "Basic", bearer: "Bearer", oauth2: "Bearer" };

function usePreview({
  types,
  url,
  subscriptions,
  method,
  format,
  headerNames,
  signature,
  authentication,
  userAgent,
  source,
  now,
}: DeliveryPreviewProps) {
  const { host, path } = targetOf(useLiveValue("url", url));
  const shape = useLiveValue("format", format);
  const verb = useLiveValue("method", method);
  const names = useLiveValues("headers.name", headerNames).filter(Boolean);
  const signed = SIGNED[useLiveValue("signature", signature)] ?? SIGNED.hmac;
  const scheme = SCHEMES[useLiveValue("authentication.type", authentication)];
  const wanted = useWantedTypes(types, subscriptions);
  const type = wanted.find(({ example }) => example !== null) ?? wanted[0];
  const body = previewBody(shape, {
    type: type?.name ?? "order.created",
    example: type?.example ?? "{}",
    timestamp: now,
    source,
  });
  const head: [string, string | null][] = [
    [`${verb} ${path} HTTP/1.1`, null],
    ["host", host],
    ["content-type", body.contentType],
    ["user-agent", userAgent],
    ...names.map((name): [string, string] => [name.toLowerCase(), "••••••"]),
    ...(scheme ? [["authorization", `${scheme} ••••••`] satisfies [string, string]] : []),
    ["webhook-id", "evt_01m4xk…"],
    ["webhook-timestamp", String(Math.floor(Date.parse(now) / 1000))],
    ["webhook-signature", `${signed}…`],
  ];
  return { head, body: body.text };
}

function targetOf(url: string): { host: string; path: string } {
  if (!URL.canParse(url)) return { host: "your-server.example", path: "/webhooks" };
  const { host, pathname, search } = new URL(url);
  return { host: host || "your-server.example", path: pathname + search };
}
