import { LinkButton } from "@/components/ui/button";

/** A link that opens nothing any more; whether it ever did is not said. */
export function LinkGone({ noun, from }: { noun: string; from: string }) {
  return (
    <>
      <h1 className="mb-3 text-xl">This {noun} does not work</h1>
      <p className="text-fg-2">It has been used, withdrawn or is too old. Ask {from} for a new one.</p>
      <LinkButton href="/sign-in" className="mt-5">
        Go to sign in
      </LinkButton>
    </>
  );
}
