import { Injectable } from '@nestjs/common';
import type { ImageDto } from './dto/image.dto.js';
import type { ImageRef } from './image-ref.js';
import { mediaPath, type MediaSize } from './media-path.js';
import { MediaSigner } from './media-signer.js';

interface Viewer {
  id: number;
}

/**
 * The addresses of pictures. `viewer`: whose eyes; `restricted`: not everybody may see it, so that the address is
 * signed for the viewer.
 */
@Injectable()
export class MediaUrls {
  constructor(private readonly signer: MediaSigner) {}

  toImageDto({ id, name, width, height }: ImageRef, viewer: Viewer, restricted: boolean): ImageDto {
    const query = restricted ? this.queryOf(name, viewer) : '';
    return {
      id,
      url: mediaPath(name) + query,
      thumbnailUrl: mediaPath(name, 320) + query,
      previewUrl: mediaPath(name, 1280) + query,
      width,
      height,
    };
  }

  /** For whole lists. */
  showing(viewer: Viewer, restricted: boolean): (image: ImageRef) => ImageDto {
    return (image) => this.toImageDto(image, viewer, restricted);
  }

  urlOf(name: string, size: MediaSize, viewer: Viewer, restricted: boolean): string {
    return mediaPath(name, size) + (restricted ? this.queryOf(name, viewer) : '');
  }

  /** Rendered HTML with the addresses of its pictures signed likewise. */
  signHtml(html: string, images: readonly ImageRef[], viewer: Viewer, restricted: boolean): string {
    if (!restricted) return html;
    return images.reduce((signed, { name }) => {
      const path = mediaPath(name, 1280);
      const query = this.queryOf(name, viewer).replaceAll('&', '&amp;');
      return signed.replaceAll(`"${path}"`, `"${path}${query}"`);
    }, html);
  }

  private queryOf(name: string, viewer: Viewer): string {
    const { user, expires, signature } = this.signer.sign(name, viewer.id);
    return `?user=${user}&expires=${expires}&signature=${signature}`;
  }
}
