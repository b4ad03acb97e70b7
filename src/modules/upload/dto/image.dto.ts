/** A picture, and where its three sizes are found. */
export class ImageDto {
  /**
   * Of the upload.
   * @example 501
   */
  id: number;

  /**
   * WebP, at most 4096 pixels wide and high.
   * @example "/media/3q2-7wAKbXo0Yk1nT5_uR8vZ.webp"
   */
  url: string;

  /**
   * At most 320 pixels wide and high.
   * @example "/media/3q2-7wAKbXo0Yk1nT5_uR8vZ-320.webp"
   */
  thumbnailUrl: string;

  /**
   * At most 1280 pixels wide and high.
   * @example "/media/3q2-7wAKbXo0Yk1nT5_uR8vZ-1280.webp"
   */
  previewUrl: string;

  /**
   * Pixels of the largest size.
   * @example 1600
   */
  width: number;

  /** @example 1200 */
  height: number;
}
