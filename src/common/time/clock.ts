import { Injectable } from '@nestjs/common';

/** The only source of "now" in the product, so that a test can say what time it is. */
export abstract class Clock {
  abstract now(): Date;
}

@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is moved; for tests and for demo data. */
export class FixedClock extends Clock {
  private instant: number;

  constructor(start: Date | string) {
    super();
    this.instant = toInstant(start);
  }

  now(): Date {
    return new Date(this.instant);
  }

  set(at: Date | string): void {
    this.instant = toInstant(at);
  }

  /** @param ms milliseconds; may be negative */
  advance(ms: number): void {
    this.instant += ms;
  }
}

function toInstant(at: Date | string): number {
  const instant = new Date(at).getTime();
  if (Number.isNaN(instant)) throw new RangeError(`not an instant: ${String(at)}`);
  return instant;
}
