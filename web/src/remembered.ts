/** What this browser remembers from visit to visit; nothing where storage is forbidden. */
export function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(`higroup.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Forgotten when undefined. Where storage is forbidden it holds for this page. */
export function remember(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`higroup.${name}`);
    else localStorage.setItem(`higroup.${name}`, value);
  } catch {
    // See above.
  }
}
