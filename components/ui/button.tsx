import type { VariantProps } from "class-variance-authority";
import { clsx } from "clsx";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { buttonClass } from "./button-class";

export { buttonClass };

type Look = Pick<VariantProps<typeof buttonClass>, "variant" | "size">;
export type ButtonVariant = NonNullable<Look["variant"]>;

export function Button({ variant, size, className, ...props }: ComponentProps<"button"> & Look) {
  return <button type="button" className={clsx(buttonClass({ variant, size }), className)} {...props} />;
}

export function LinkButton({ variant, size, className, ...props }: ComponentProps<typeof Link> & Look) {
  return <Link className={clsx(buttonClass({ variant, size }), className)} {...props} />;
}

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & Look & { label: string; children: ReactNode };

/** A button that shows only an icon: the label is its name and its tooltip. */
export function IconButton({ label, variant = "quiet", size = "sm", className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(buttonClass({ variant, size, icon: true }), className)}
      {...props}
    />
  );
}

type IconLinkProps = Omit<ComponentProps<typeof Link>, "children"> & Look & { label: string; children: ReactNode };

export function IconLink({ label, variant = "quiet", size = "sm", className, ...props }: IconLinkProps) {
  return (
    <Link
      aria-label={label}
      title={label}
      className={clsx(buttonClass({ variant, size, icon: true }), className)}
      {...props}
    />
  );
}
