/** Pixels that the width and the height of a smaller copy keep within; null: the whole picture. */
export type MediaSize = 320 | 1280 | null;

/** Where a picture is found. */
export function mediaPath(name: string, size: MediaSize = null): string {
  return `/media/${mediaFile(name, size)}`;
}

/** What the storage calls it. */
export function mediaFile(name: string, size: MediaSize): string {
  return `${name}${size === null ? '' : `-${size}`}.webp`;
}

/** Avatars are for everybody. */
export const avatarUrlOf = (name: string | null): string | null =>
  name === null ? null : mediaPath(name, 320);
