import { Download } from "lucide-react";
import { Button, LinkButton } from "@/components/ui/button";
import { Fieldset } from "@/components/ui/field";
import { formatNumber } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { RadioGroup } from "@/components/ui/input";
import { Page, PageHeader } from "@/components/ui/page";
import { EXPORT_FORMATS, MOST_EXPORTED } from "@/lib/exports/formats.ts";
import { HiddenParameters } from "./hidden-parameters";

type ExportPageProps = {
  /** `deliveries` */
  noun: string;
  /** The list's address, and what stands after its `?`. */
  list: string;
  query: string;
  /** What is exported, in words. */
  words: string;
  total: { count: number; atLeast: boolean };
  /** What is left out of the file, and what whole rows have beside the columns. */
  without: string;
  whole: string;
};

/** What an export will hold, before it starts: a plain form, whose answer is a file. */
export function ExportPage({ noun, list, query, words, total, without, whole }: ExportPageProps) {
  const count = `${formatNumber(total.count)}${total.atLeast ? " or more" : ""}`;
  return (
    <Page width="form">
      <PageHeader title={`Export ${noun}`} />
      <p className="[overflow-wrap:anywhere]">
        {count} {noun}: {words}.
      </p>
      <p className="mt-2 text-fg-2 text-sm">
        In the list's order, the newest first, {formatNumber(MOST_EXPORTED)} rows at most. {without} The export is
        written down in the audit log.
      </p>
      <form action={`${list}/export/file`} method="post" className="mt-5 grid gap-5">
        <HiddenParameters query={query} except={["before", "after", "sel"]} />
        <Fieldset name="format" label="Format">
          <RadioGroup
            name="format"
            defaultValue="csv"
            options={Object.entries(EXPORT_FORMATS).map(([value, { label, hint }]) => ({
              value,
              label,
              hint: value === "ndjson" ? whole : hint,
            }))}
          />
        </Fieldset>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" disabled={total.count === 0 && !total.atLeast}>
            <Download {...ICON_14} className="text-white" />
            Download
          </Button>
          <LinkButton href={`${list}?${query}`}>Back to the list</LinkButton>
        </div>
      </form>
    </Page>
  );
}
