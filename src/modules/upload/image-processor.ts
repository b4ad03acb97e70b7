import { Injectable } from '@nestjs/common';
import type { SharpOptions } from 'sharp';
import { WorkQueue } from '../../common/concurrency/work-queue.js';
import { AppError, appError } from '../../common/errors/app-error.js';
import { type MediaSize, MEDIA_SIZES } from './media-path.js';
import { uploadBroken, uploadTooManyPixels, uploadType } from './upload.errors.js';

export interface Picture {
  /** Pixels of the largest file. */
  width: number;
  height: number;
  files: ReadonlyMap<MediaSize, Buffer>;
}

const MAX_PIXELS = 40_000_000;
const MAX_SIDE = 4_096;
const TIMEOUT_SECONDS = 20;

/** How the kinds that are taken begin; a dot stands for any byte. */
const KINDS = {
  jpeg: '\xff\xd8\xff',
  png: '\x89PNG\r\n\x1a\n',
  webp: 'RIFF....WEBP',
  gif: 'GIF8.a',
};

/** Of what moves, the first picture is taken. */
const INPUT: SharpOptions = {
  failOn: 'error',
  limitInputPixels: MAX_PIXELS,
  sequentialRead: true,
  animated: false,
};

/** Effort 2 takes half the time of the default 4 and makes files of much the same size. */
const OUTPUT = { quality: 82, effort: 2 };

type Sharp = typeof import('sharp').default;

let sharpLoaded: Promise<Sharp> | undefined;

/** At the first picture: a server that is sent none does without the 30 MB of libvips. */
async function loadSharp(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  // Whatever else libvips can read (SVG, PDF, TIFF, HEIF and more) is out of reach, should a file get past the first look.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((kind) => `VipsForeignLoad${kind}Buffer`),
  });
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

/**
 * Makes WebP of what is sent: upright, without metadata, and without whatever else a file can hide, because nothing
 * but its pixels is taken over.
 */
@Injectable()
export class ImageProcessor {
  /** Two at a time: it is work for the processor, in the four threads that files and DNS are served by, too. */
  private readonly queue = new WorkQueue(2, 50);

  /** @throws UPLOAD_TYPE, UPLOAD_TOO_MANY_PIXELS, UPLOAD_BROKEN, OVERLOADED */
  async process(bytes: Buffer): Promise<Picture> {
    const kind = kindOf(bytes);
    if (!kind) throw uploadType();
    const sharp = await (sharpLoaded ??= loadSharp());
    return this.queue.run(async () => {
      try {
        return await convert(sharp, bytes, kind);
      } catch (error) {
        throw refusalOf(error);
      }
    });
  }
}

function kindOf(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 16);
  const isStart = (beginning: string) => [...beginning].every((byte, i) => byte === '.' || byte === start[i]);
  return Object.entries(KINDS).find(([, beginning]) => isStart(beginning))?.[0];
}

async function convert(sharp: Sharp, bytes: Buffer, kind: string): Promise<Picture> {
  const { format } = await sharp(bytes, INPUT).metadata();
  if (format !== kind) throw uploadType();
  const { data, info } = await shrink(sharp, bytes, MAX_SIDE);
  const { width, height } = info;
  const files = new Map<MediaSize, Buffer>([[null, data]]);
  // Each from the one before; a picture that is small enough is its own thumbnail.
  let [from, side] = [data, Math.max(width, height)];
  for (const size of MEDIA_SIZES) {
    if (side > size) [from, side] = [(await shrink(sharp, from, size)).data, size];
    files.set(size, from);
  }
  return { width, height, files };
}

function shrink(sharp: Sharp, bytes: Buffer, side: number) {
  return sharp(bytes, INPUT)
    .timeout({ seconds: TIMEOUT_SECONDS })
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp(OUTPUT)
    .toBuffer({ resolveWithObject: true });
}

function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { message } = error as Error;
  if (message.includes('exceeds pixel limit')) return uploadTooManyPixels(MAX_PIXELS / 1e6);
  if (message.startsWith('timeout')) return appError('OVERLOADED', { cause: error });
  return uploadBroken(error);
}
