/** What the server takes as it is (docs/uploads.md); whatever else the browser can read is made into it. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
/** Of a file, in bytes; the server's own limit when it is not configured. */
export const MAX_BYTES = 8 * 1024 * 1024;
/** Of the longer side, in pixels. */
const MAX_SIDE = 2_560;
const QUALITY = 0.85;

/** @returns undefined: the browser cannot read it */
export async function shrinkImage(file: Blob): Promise<Blob | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return undefined;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = fitInto(bitmap.width, bitmap.height, MAX_SIDE);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const webp = await toBlob(canvas, 'image/webp');
  // Safari writes no WebP and gives a PNG instead.
  if (webp?.type === 'image/webp') return webp;
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return toBlob(canvas, 'image/jpeg');
}

/** Smaller in the same proportions, never larger. */
export function fitInto(width: number, height: number, side: number): [width: number, height: number] {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

const toBlob = (canvas: HTMLCanvasElement, type: string) =>
  new Promise<Blob | undefined>((resolve) =>
    canvas.toBlob((blob) => resolve(blob ?? undefined), type, QUALITY),
  );
