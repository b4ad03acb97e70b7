/**
 * The form in which names are compared, the same on both databases: compatibility forms unified (NFKC), case
 * folded, invisible characters dropped, spaces collapsed and trimmed. Accents stay: `a` and `á` are two names.
 * @param max cut to so many characters (code points); a compatibility form may unfold to 18 times its length
 */
export function normaliseKey(text: string, max = Infinity): string {
  const folded = fold(fold(text)).replace(/\s+/g, ' ').trim();
  return folded.length <= max ? folded : [...folded].slice(0, max).join('').trimEnd();
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC');
}
