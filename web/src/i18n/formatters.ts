const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

/** Each is made once: making one takes a hundred times as long as formatting. */
function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat, O>(
  Formatter: new (locale: string, options?: O) => T,
  locale: string,
  options?: O,
): T {
  const key = `${Formatter.name} ${locale} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key) as T | undefined;
  if (!formatter) formatters.set(key, (formatter = new Formatter(locale, options)));
  return formatter;
}

export const dateFormatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  cached(Intl.DateTimeFormat, locale, options);

export const numberFormatter = (locale: string, options?: Intl.NumberFormatOptions): Intl.NumberFormat =>
  cached(Intl.NumberFormat, locale, options);
