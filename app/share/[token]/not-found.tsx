import { Wordmark } from "@/components/ui/mark";

/** Says nothing about whether there ever was such a link. */
export default function SharedNotFound() {
  return (
    <main id="main" className="mx-auto grid max-w-160 gap-4 px-(--gutter) py-12">
      <Wordmark className="[&_svg]:size-6" />
      <h1 className="text-xl">This link does not open anything</h1>
      <p className="text-fg-2 text-sm">
        It has ended, was taken back, or was not copied whole. Ask whoever sent it for a new one.
      </p>
    </main>
  );
}
