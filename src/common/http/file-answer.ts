import type { Readable } from 'node:stream';

/** A file as the answer of a route, without the envelope. */
export class FileAnswer {
  /** @param stream undefined: the caller has it already (304) */
  constructor(
    readonly headers: Readonly<Record<string, string | number>>,
    readonly stream?: Readable,
  ) {}
}
