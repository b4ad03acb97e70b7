import { Injectable } from '@nestjs/common';
import type { UploadTarget } from './upload.entity.js';

/** SQL that holds where a thing is there for readers; `id` is an SQL expression. */
type Condition = (id: string) => string;

/**
 * Whether what a picture belongs to has not been taken away, as the modules tell that have it. Until they do, their
 * pictures are shown to nobody; avatars and covers are there as long as they belong to anything.
 */
@Injectable()
export class MediaTargets {
  private readonly conditions = new Map<UploadTarget, Condition>([
    ['avatar', () => '1 = 1'],
    ['cover', () => '1 = 1'],
  ]);

  /** Called when the application starts. */
  register(type: UploadTarget, condition: Condition): void {
    this.conditions.set(type, condition);
  }

  /** For a row of `uploads` under that alias: 1 or 0. */
  isReadable(alias: string): string {
    const cases = [...this.conditions].map(
      ([type, of]) => `when ${alias}.target_type = '${type}' and ${of(`${alias}.target_id`)} then 1`,
    );
    return `case ${cases.join(' ')} else 0 end`;
  }
}
