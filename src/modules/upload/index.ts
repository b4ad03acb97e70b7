export type { ImageRef } from './image-ref.js';
export { avatarUrlOf, mediaPath } from './media-path.js';
export { UploadModule } from './upload.module.js';
