"use client";

import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  startTransition,
  use,
  useCallback,
  useMemo,
  useOptimistic,
  useRef,
  useState,
} from "react";
import { useLiveRows } from "./live-rows";

/** What one address holds; of more, all that match are meant. */
export const MOST_PICKED = 250;
/** From this width on a delivery opens beside the list, or over it. */
const ROOM_FOR_PANEL = "(width >= 48rem)";

type Desk = {
  /** The delivery in the panel. */
  current: string | null;
  /** Shows a delivery in the panel, at this address if it has one of its own; null closes it. False without room for it. */
  open: (id: string | null, at?: string) => boolean;
  picked: ReadonlySet<string>;
  pick: (id: string, on: boolean, withRange?: boolean) => void;
  clear: () => void;
  /** The row whose menu was asked for last. */
  chosenFor: string | null;
  chooseFor: (id: string) => void;
};

const NOBODY: ReadonlySet<string> = new Set();
const Context = createContext<Desk | null>(null);

/** Null for lists whose rows are neither picked nor opened beside them. */
export function useDesk(): Desk | null {
  return use(Context);
}

type ListDeskProps = {
  current: string | null;
  /** The list's address without a panel. */
  href: string;
  children: ReactNode;
};

/** Which delivery is open beside the list, and which are picked; what is picked stays so from page to page. */
export function ListDesk({ current, href, children }: ListDeskProps) {
  const router = useRouter();
  const [shown, show] = useOptimistic(current);
  const { picked, pick, clear } = usePicked();
  const [chosenFor, chooseFor] = useState<string | null>(null);
  const open = useCallback(
    (id: string | null, at?: string) => {
      if (id !== null && !matchMedia(ROOM_FOR_PANEL).matches) return false;
      startTransition(() => {
        show(id);
        const address = at ?? (id === null ? href : `${href}${href.includes("?") ? "&" : "?"}sel=${id}`);
        // Going back closes the panel, however many deliveries it has shown.
        if (current === null) router.push(address, { scroll: false });
        else router.replace(address, { scroll: false });
      });
      return true;
    },
    [current, href, router, show],
  );
  const desk = useMemo(
    () => ({ current: shown, open, picked, pick, clear, chosenFor, chooseFor }),
    [shown, open, picked, pick, clear, chosenFor],
  );
  return <Context value={desk}>{children}</Context>;
}

function usePicked() {
  const rows = useLiveRows();
  const order = useRef<string[]>([]);
  order.current = rows.map(({ id }) => id);
  const last = useRef<string | null>(null);
  const [picked, setPicked] = useState(NOBODY);

  const pick = useCallback((id: string, on: boolean, withRange = false) => {
    const ids = withRange ? between(order.current, last.current, id) : [id];
    last.current = id;
    setPicked((before) => {
      const after = new Set(before);
      for (const one of ids) {
        if (!on) after.delete(one);
        else if (after.size < MOST_PICKED) after.add(one);
      }
      return after;
    });
  }, []);
  const clear = useCallback(() => setPicked(NOBODY), []);
  return { picked, pick, clear };
}

/** The rows from one to the other, both included; only the latter when the former is on another page. */
function between(order: string[], from: string | null, to: string): string[] {
  const [start, end] = [from === null ? -1 : order.indexOf(from), order.indexOf(to)];
  if (start < 0 || end < 0) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

export function focusRow(id: string): void {
  document.querySelector<HTMLElement>(`tr[data-delivery="${CSS.escape(id)}"] a[href]`)?.focus();
}
