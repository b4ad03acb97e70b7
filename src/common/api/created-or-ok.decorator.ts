import { SetMetadata } from '@nestjs/common';

const CREATED_OR_OK = 'higroup:created-or-ok';

/** A POST that may find its work done already: its result says `created`, and false is answered 200, not 201. */
export const CreatedOrOk = () => SetMetadata(CREATED_OR_OK, true);

export function foundItDone(handler: object, data: unknown): boolean {
  return (
    Reflect.hasOwnMetadata(CREATED_OR_OK, handler) &&
    (data as { created?: boolean } | null)?.created === false
  );
}
