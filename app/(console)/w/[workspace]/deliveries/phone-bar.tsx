import { ListFilter } from "lucide-react";
import { Button, LinkButton } from "@/components/ui/button";
import { formatNumber } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";

type PhoneBarProps = {
  /** The popover in which filters are changed, and how many are in force. */
  panel: string;
  filters: number;
  /** Null for those who may not retry, and where nothing has failed. */
  retry: { href: string; count: number; atLeast: boolean } | null;
};

/** On phones, at the thumb: the filters, and what is most often wanted. */
export function PhoneBar({ panel, filters, retry }: PhoneBarProps) {
  return (
    <div
      data-sticky
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-5 flex gap-2 border-border-strong border-t bg-bg px-(--gutter) py-2 md:hidden"
    >
      <Button popoverTarget={panel} className="min-w-0 flex-1">
        <ListFilter {...ICON_14} />
        Filter{filters > 0 && ` · ${filters}`}
      </Button>
      {retry && (
        <LinkButton href={retry.href} variant="primary" prefetch={false} className="min-w-0 flex-1">
          {retry.count > 0 ? `Retry ${formatNumber(retry.count)}${retry.atLeast ? "+" : ""} failed…` : "Retry failed…"}
        </LinkButton>
      )}
    </div>
  );
}
