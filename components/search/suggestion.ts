/** Something a search box offers for the word at the cursor. */
export type Suggestion = {
  /** What takes the word's place; with a colon at its end it asks for a value. */
  text: string;
  /** What is read instead of the text, such as an endpoint's name. */
  label?: string;
  note?: string;
  count?: number;
  /** Counted in a sample. */
  about?: boolean;
};
