import type { ImageRef } from '../upload/index.js';

/** Somebody has checked in, for the first time that day, in a group that shows check-ins as posts. */
export class CheckInMade {
  constructor(
    readonly checkIn: {
      readonly id: number;
      readonly groupId: number;
      readonly userId: number;
      /** Never empty. */
      readonly note: string;
      readonly images: readonly ImageRef[];
      readonly checkedAt: Date;
    },
  ) {}
}

/** A check-in or make-up was taken back. Its id comes back when its author checks in once more for that day. */
export class CheckInWithdrawn {
  constructor(readonly checkIn: { readonly id: number; readonly groupId: number; readonly userId: number }) {}
}
