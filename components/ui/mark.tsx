import { cn } from "./cn";

/** The mark: coil, tube, bell. One colour, drawn for 16 px and up. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      className={cn("size-4.5 fill-none stroke-current [stroke-linecap:round] [stroke-width:3.2]", className)}
      aria-hidden="true"
    >
      <circle cx="12.2" cy="19" r="8" />
      <path d="M2.4 11H15" />
      <path
        d="M14 9.4c5.4 0 9.8-1.5 13.6-6 .8-.9 2.2-.4 2.2.8v13.6c0 1.2-1.4 1.7-2.2.8-3.8-4.5-8.2-6-13.6-6z"
        className="fill-current stroke-none"
      />
    </svg>
  );
}

/** Mark and name, on pages without the sidebar. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5 font-semibold text-[15px]/5 tracking-[-0.01em]", className)}>
      <Mark />
      Posthorn
    </span>
  );
}
