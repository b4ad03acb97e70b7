import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { AppConfig } from '../../common/config/app-config.js';
import { FileAnswer } from '../../common/http/file-answer.js';
import type { MediaQueryDto } from './dto/media-query.dto.js';
import { MediaAudiences } from './media-audience.js';
import type { MediaFile } from './media-file-param.decorator.js';
import { mediaFile } from './media-path.js';
import { MediaSigner } from './media-signer.js';
import { MediaStorage } from './storage/media-storage.js';
import { mediaNotFound } from './upload.errors.js';
import { UploadRepository } from './upload.repository.js';

/** Files never change, but they are taken away: what is kept for everybody is asked for anew after an hour. */
const CACHING = {
  public: 'public, max-age=31536000, s-maxage=3600, immutable',
  private: 'private, max-age=31536000, immutable',
};

/** Hands out the files of pictures to those who may see them. */
@Injectable()
export class MediaService {
  /** Pages of other origins show pictures only where the API is open to them. */
  private readonly hasOtherOrigins: boolean;

  constructor(
    private readonly uploads: UploadRepository,
    private readonly storage: MediaStorage,
    private readonly audience: MediaAudiences,
    private readonly signer: MediaSigner,
    { http }: AppConfig,
  ) {
    this.hasOtherOrigins = http.corsOrigins.length > 0;
  }

  /** @throws MEDIA_NOT_FOUND also for what the caller may not see */
  async getMedia(
    actor: Actor | undefined,
    file: MediaFile,
    query: MediaQueryDto,
    knownTag: string | undefined,
  ): Promise<FileAnswer> {
    const openness = await this.opennessOf(file.name, actor?.id ?? this.signedFor(file.name, query));
    if (!openness) throw mediaNotFound();
    const key = mediaFile(file.name, file.size);
    const headers = this.headersOf(key, openness);
    if (knownTag?.includes(headers.etag)) return new FileAnswer(headers);
    const stored = await this.storage.open(key);
    if (!stored) throw mediaNotFound();
    return new FileAnswer(
      { ...headers, 'content-type': 'image/webp', 'content-length': stored.size },
      stored.stream,
    );
  }

  /** To whom a picture may be shown, this viewer being among them: undefined when he is not. */
  private async opennessOf(name: string, viewer: number | null): Promise<'public' | 'private' | undefined> {
    const upload = await this.uploads.findByName(name);
    if (!upload) return undefined;
    const { userId, targetType, groupId, readable } = upload;
    if (targetType === null) return viewer === userId ? 'private' : undefined;
    if (!readable) return undefined;
    if (groupId === null || (await this.audience.maySee(null, groupId))) return 'public';
    return viewer !== null && (await this.audience.maySee(viewer, groupId)) ? 'private' : undefined;
  }

  private signedFor(name: string, { user, expires, signature }: MediaQueryDto): number | null {
    if (user === undefined || expires === undefined || signature === undefined) return null;
    return this.signer.isValid(name, { user, expires, signature }) ? user : null;
  }

  private headersOf(key: string, openness: 'public' | 'private') {
    const isOpen = openness === 'public' || this.hasOtherOrigins;
    return {
      etag: `"${key}"`,
      'cache-control': CACHING[openness],
      // A browser's next user is not shown what it has kept from the last one's token.
      ...(openness === 'private' && { vary: 'origin, authorization, tsessionid' }),
      'content-disposition': 'inline; filename="picture.webp"',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': isOpen ? 'cross-origin' : 'same-origin',
    };
  }
}
