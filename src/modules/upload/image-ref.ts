import { jsonOf } from '../../common/content/content-text.js';

/** A picture as the row of its owner keeps it, so that lists need no further query. */
export interface ImageRef {
  /** Of the upload. */
  id: number;
  name: string;
  /** Pixels. */
  width: number;
  height: number;
}

/** From the JSON column of a row. */
export const imagesOf = ({ images }: { images?: unknown }): ImageRef[] =>
  jsonOf<ImageRef[] | null | undefined>(images) ?? [];
