type HiddenParametersProps = {
  /** An address after its `?`. */
  query: string;
  /** What the form has fields for, and what does not outlive a change. */
  except: readonly string[];
};

/** Lets a GET form keep the rest of the address. */
export function HiddenParameters({ query, except }: HiddenParametersProps) {
  const kept = [...new URLSearchParams(query)].filter(([name]) => !except.includes(name));
  return kept.map(([name, value]) => <input key={`${name}=${value}`} type="hidden" name={name} value={value} />);
}
