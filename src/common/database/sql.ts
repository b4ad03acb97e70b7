/** As many placeholders as there are values, of which there must be one at least: `in (${holes(ids)})`. */
export const holes = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
