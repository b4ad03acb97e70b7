/** Pixels that the width and the height of the smaller copies keep within, descending. */
export const MEDIA_SIZES = [1280, 320] as const;

/** Null: the whole picture. */
export type MediaSize = (typeof MEDIA_SIZES)[number] | null;

/** Where a picture is found. */
export function mediaPath(name: string, size: MediaSize = null): string {
  return `/media/${mediaFile(name, size)}`;
}

/** What the storage calls it. */
export function mediaFile(name: string, size: MediaSize): string {
  return `${name}${size === null ? '' : `-${size}`}.webp`;
}

/** The names of all files of a picture. */
export const mediaFiles = (name: string): string[] =>
  [null, ...MEDIA_SIZES].map((size) => mediaFile(name, size));

/** Avatars are for everybody. */
export const avatarUrlOf = (name: string | null): string | null =>
  name === null ? null : mediaPath(name, 320);
