import { Injectable } from '@nestjs/common';

/** Who sees a group; told by the module that knows, which in turn knows this one. */
export abstract class MediaAudience {
  /** Now. `userId` null: everybody. */
  abstract maySee(userId: number | null, groupId: number): Promise<boolean>;
}

/** Nobody sees the pictures of groups until an audience has been registered. */
@Injectable()
export class MediaAudiences extends MediaAudience {
  private audience?: MediaAudience;

  /** Called when the application starts. */
  register(audience: MediaAudience): void {
    this.audience = audience;
  }

  async maySee(userId: number | null, groupId: number): Promise<boolean> {
    return this.audience?.maySee(userId, groupId) ?? false;
  }
}
