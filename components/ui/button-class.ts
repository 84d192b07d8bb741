import { cva } from "class-variance-authority";

/** The look of a button. By itself, so that pages which need no links do not carry what makes them. */
export const buttonClass = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium text-sm transition-colors duration-120 focus-visible:rounded-control aria-disabled:pointer-events-none aria-disabled:opacity-55 disabled:pointer-events-none disabled:opacity-55 touch:h-11",
  {
    variants: {
      variant: {
        secondary: "border-border-strong bg-bg text-fg hover:bg-hover [&_svg]:text-fg-2",
        primary: "border-accent bg-accent text-white hover:border-accent-hover hover:bg-accent-hover",
        quiet: "border-transparent bg-transparent text-fg hover:bg-hover [&_svg]:text-fg-3",
        danger:
          "border-danger-fill bg-danger-fill text-white hover:border-danger-fill-hover hover:bg-danger-fill-hover",
        "danger-quiet": "border-border-strong bg-bg text-bad hover:bg-hover",
        accent: "border-transparent bg-accent-subtle text-accent-fg hover:bg-selected [&_svg]:text-accent-fg",
      },
      size: { md: "h-8", sm: "h-7", xs: "h-6" },
      icon: { true: "px-0", false: "" },
    },
    compoundVariants: [
      { icon: false, size: "md", class: "px-3" },
      { icon: false, size: ["sm", "xs"], class: "px-2.5" },
      { icon: true, size: "md", class: "w-8 touch:w-11" },
      { icon: true, size: "sm", class: "w-7 touch:w-11" },
      { icon: true, size: "xs", class: "w-6 touch:w-11" },
    ],
    defaultVariants: { variant: "secondary", size: "md", icon: false },
  },
);
