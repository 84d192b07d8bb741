"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import Link from "next/link";
import type { ReactNode } from "react";
import { type ButtonVariant, buttonClass } from "./button";
import { cn } from "./cn";

type MenuProps = {
  /** The button's name when it shows only an icon, and its tooltip. */
  label: string;
  /** What the button shows. */
  trigger: ReactNode;
  icon?: boolean;
  variant?: ButtonVariant;
  size?: "sm" | "md";
  /** `MenuItem`, `MenuLink` and `MenuSeparator`. */
  children: ReactNode;
};

export function Menu({ label, trigger, icon = true, variant = "secondary", size = "md", children }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger
        aria-label={icon ? label : undefined}
        title={icon ? label : undefined}
        className={buttonClass({ variant, size, icon })}
      >
        {trigger}
      </BaseMenu.Trigger>
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align="end" className="z-20">
          <BaseMenu.Popup className="min-w-44 rounded-card bg-bg p-1 shadow-float outline-none transition-opacity duration-120 data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

const ITEM =
  "flex h-8 w-full cursor-pointer items-center gap-2 rounded-badge px-2 text-left text-sm outline-none data-disabled:cursor-default data-highlighted:bg-hover data-disabled:text-fg-3 touch:h-11 [&_svg]:text-fg-3";

type MenuItemProps = {
  onClick?: () => void;
  /** Sends this form instead. */
  form?: string;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
};

export function MenuItem({ onClick, form, danger, disabled, children }: MenuItemProps) {
  const send = () => document.querySelector<HTMLFormElement>(`form#${form}`)?.requestSubmit();
  return (
    <BaseMenu.Item disabled={disabled} onClick={form ? send : onClick} className={cn(ITEM, danger && "text-bad")}>
      {children}
    </BaseMenu.Item>
  );
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <BaseMenu.LinkItem render={<Link href={href} />} className={ITEM}>
      {children}
    </BaseMenu.LinkItem>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="my-1 h-px bg-border" />;
}
