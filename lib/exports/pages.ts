type Read = { next: string | null };

/**
 * Page after page of a list, each from where the one before it ended. A search may use up its time without coming any
 * further back: the export then breaks off, and is not taken for whole.
 */
export async function* pagesOf<Page extends Read>(
  read: (before: string | null) => Promise<Page>,
): AsyncGenerator<Page> {
  let before: string | null = null;
  do {
    const page: Page = await read(before);
    if (before !== null && page.next !== null && page.next >= before) {
      throw new Error("A minute of this filter takes too long to look through");
    }
    yield page;
    before = page.next;
  } while (before);
}
