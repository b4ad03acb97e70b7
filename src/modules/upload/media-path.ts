/** Where a picture is found: the whole of it, or a WebP no wider and no higher than so many pixels. */
export function mediaPath(name: string, size?: 320 | 1280): string {
  return `/media/${name}${size ? `-${size}` : ''}.webp`;
}

/** Avatars are for everybody. */
export const avatarUrlOf = (name: string | null): string | null =>
  name === null ? null : mediaPath(name, 320);
