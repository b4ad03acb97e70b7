import sharp from 'sharp';

/** A hill under a low sun; the hue (0 to 359) makes the mood. */
export function landscape(hue: number, width = 1280, height = 720): Promise<Buffer> {
  const sun = { x: width * 0.68, y: height * 0.46, radius: height * 0.13 };
  return painted(width, height, (x, y) => {
    const far = height * (0.66 - 0.08 * Math.sin((x / width) * 5 + hue) - 0.03 * Math.sin((x / width) * 17));
    const near = height * (0.8 - 0.07 * Math.sin((x / width) * 3 + 2 + hue));
    if (y > near) return [hue + 20, 0.35, 0.2];
    if (y > far) return [hue + 10, 0.32, 0.33];
    if (Math.hypot(x - sun.x, y - sun.y) < sun.radius) return [45, 0.9, 0.88];
    return [hue - 30 * (y / height), 0.6, 0.55 + 0.3 * (y / height)];
  });
}

/** Head and shoulders before a ground of one colour. */
export function portrait(hue: number, size = 320): Promise<Buffer> {
  return painted(size, size, (x, y) => {
    const isHead = Math.hypot(x - size / 2, y - size * 0.38) < size * 0.17;
    const isBody = Math.hypot((x - size / 2) * 0.9, y - size * 0.98) < size * 0.36;
    return isHead || isBody ? [hue, 0.3, 0.93] : [hue, 0.5, 0.52 + 0.12 * (y / size)];
  });
}

type Hsl = [hue: number, saturation: number, lightness: number];

function painted(width: number, height: number, colourAt: (x: number, y: number) => Hsl): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) pixels.set(rgbOf(colourAt(x, y)), at);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** The formula of CSS Color 4, section 7.1. */
function rgbOf([hue, saturation, lightness]: Hsl): [number, number, number] {
  const channel = (n: number) => {
    const k = (n + (((hue % 360) + 360) % 360) / 30) % 12;
    const spread = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
