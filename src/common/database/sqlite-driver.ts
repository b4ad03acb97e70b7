import { createRequire } from 'node:module';
import type Sqlite from 'better-sqlite3';

/** Of Node 22.14 and later. */
const NODE_API_10 = 10;

/**
 * better-sqlite3: 13, whose binaries come with the package, or, for Node 20, 12, which is compiled. Compiled for Node 24.19
 * or later, 12 aborts the process sooner or later when a statement is collected (nodejs/node#65446).
 * @throws when the one that is needed could not be installed
 */
export function loadSqlite(): typeof Sqlite {
  const name = Number(process.versions.napi) < NODE_API_10 ? 'better-sqlite3' : 'better-sqlite3-napi';
  try {
    return createRequire(import.meta.url)(name) as typeof Sqlite;
  } catch (cause) {
    throw new Error(
      `${name}, the embedded database, is not installed for Node ${process.versions.node} here: ` +
        'install Python 3, make and a C++ compiler and run npm ci again, or use Node 22.14 or later.',
      { cause },
    );
  }
}
