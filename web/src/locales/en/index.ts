import { en as $vuetify } from 'vuetify/locale';

/** One file per area; the file's name is the first part of its keys. */
const files = import.meta.glob<Record<string, unknown>>('./*.json', { eager: true, import: 'default' });

export const messages = {
  $vuetify,
  ...Object.fromEntries(
    Object.entries(files).map(([path, texts]) => [path.slice('./'.length, -'.json'.length), texts]),
  ),
};
