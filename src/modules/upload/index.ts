export { ImageDto } from './dto/image.dto.js';
export { type ImageRef, imagesOf } from './image-ref.js';
export { MediaAudience, MediaAudiences } from './media-audience.js';
export { MediaTargets } from './media-targets.js';
export { avatarUrlOf, mediaPath } from './media-path.js';
export { MediaUrls } from './media-urls.js';
export { UploadModule } from './upload.module.js';
export { UploadService } from './upload.service.js';
