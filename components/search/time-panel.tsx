import { Check } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ICON_14 } from "@/components/ui/icon-size";
import { Input } from "@/components/ui/input";
import { HiddenParameters } from "./hidden-parameters";
import { PANEL_PLACE } from "./panel-place";

type TimePanelProps = {
  id: string;
  action: string;
  /** Addresses of the usual spans, and which one is in force. */
  presets: { name: string; label: string; href: string; current: boolean }[];
  /** The span in force, as date fields take it. */
  from: string;
  to: string;
  /** `UTC` */
  zone: string;
  /** The list's address after the `?`. */
  query: string;
};

/** Which time a list covers: the usual spans as links, any other as a form. */
export function TimePanel({ id, action, presets, from, to, zone, query }: TimePanelProps) {
  return (
    <div id={id} popover="auto" className={PANEL_PLACE}>
      <ul className="grid p-1">
        {presets.map(({ name, label, href, current }) => (
          <li key={name}>
            <Link
              href={href}
              prefetch={false}
              aria-current={current || undefined}
              className="focus-inset flex min-h-7 items-center gap-2 rounded-control px-2 text-sm hover:bg-hover touch:min-h-11"
            >
              <span className="w-3.5">{current && <Check {...ICON_14} />}</span>
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <Form action={action} className="grid gap-3 border-t p-3">
        <HiddenParameters query={query} except={["range", "from", "to"]} />
        <div className="grid gap-3 sm:grid-cols-2">
          <Field name="from" label={`From (${zone})`}>
            <Input key={from} type="datetime-local" defaultValue={from} />
          </Field>
          <Field name="to" label={`To (${zone})`}>
            <Input key={to} type="datetime-local" defaultValue={to} />
          </Field>
        </div>
        <Button type="submit">Show this time</Button>
      </Form>
    </div>
  );
}
