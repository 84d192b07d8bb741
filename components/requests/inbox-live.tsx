"use client";

import { ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useState } from "react";
import { IDLE_MS, useRefresh } from "@/components/deliveries/use-refresh";
import { sayLive } from "@/components/live/say";
import { Button } from "@/components/ui/button";
import { ICON_14 } from "@/components/ui/icon-size";

type News = { newer: number; marks: string[] };

const LIST = "[data-inbox-scroll]";
const Newer = createContext(0);

type InboxLiveProps = {
  /** Answers what is new; its query has the filters in force. */
  href: string;
  /** The rows on the page, the newest first, by their outside ids. */
  seen: string[];
  /** How each of them looked when the page was rendered. */
  marks: string[];
  /** Whether new rows belong on this page, as they do on the first. */
  takesNewer: boolean;
  children: ReactNode;
};

/**
 * Keeps an inbox as it is now. New requests come in by themselves while nobody has scrolled away from the top or is
 * about to press something in the list; else they are counted, so that nothing moves under the pointer.
 */
export function InboxLive({ href, seen, marks, takesNewer, children }: InboxLiveProps) {
  const router = useRouter();
  const shown = seen.join(",");
  const [counted, setCounted] = useState({ shown, newer: 0 });
  const newer = counted.shown === shown ? counted.newer : 0;

  useRefresh<News>(`${href}${href.includes("?") ? "&" : "?"}seen=${shown}`, IDLE_MS, (news) => {
    const fresh = takesNewer ? news.newer : 0;
    const isChanged = news.marks.join() !== marks.toSorted().join();
    if (fresh > newer) sayLive(`${newWords(fresh)} in the inbox`);
    const mayMove = fresh > 0 && !isListInUse();
    // Rows that only look different stay where they are: they may change at any time.
    if (mayMove || (isChanged && fresh === 0)) return router.refresh();
    setCounted({ shown, newer: fresh });
  });
  return <Newer value={newer}>{children}</Newer>;
}

/** What moves under a pointer, or under the keyboard's focus, is pressed by mistake. */
function isListInUse(): boolean {
  const list = document.querySelector(LIST);
  if (!list) return false;
  const isScrolled = list.scrollTop > 0 || (list.scrollHeight <= list.clientHeight && scrollY > 0);
  return isScrolled || list.matches(":hover") || list.querySelector(":focus-visible") !== null;
}

const newWords = (newer: number) => (newer > 99 ? "99+ new" : `${newer} new`);

/** `3 new`: shows them on top. */
export function NewerRequests() {
  const newer = use(Newer);
  const router = useRouter();
  if (newer === 0) return null;
  return (
    <Button
      size="sm"
      variant="accent"
      title="Show them on top"
      onClick={() => {
        document.querySelector(LIST)?.scrollTo({ top: 0 });
        router.refresh();
      }}
    >
      <ArrowUp {...ICON_14} />
      {newWords(newer)}
      <span className="sr-only">, show</span>
    </Button>
  );
}
