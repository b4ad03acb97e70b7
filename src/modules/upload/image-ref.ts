/** A picture as the row of its owner keeps it, so that lists need no further query. */
export interface ImageRef {
  /** Of the upload. */
  id: number;
  name: string;
  /** Pixels. */
  width: number;
  height: number;
}
