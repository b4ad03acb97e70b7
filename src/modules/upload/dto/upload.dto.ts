import { ImageDto } from './image.dto.js';

export class UploadDto extends ImageDto {
  /**
   * What all its sizes take of the quota together.
   * @example 348160
   */
  bytes: number;

  /**
   * Whether it belongs to something; what does not is removed after 24 hours.
   * @example false
   */
  used: boolean;
}
