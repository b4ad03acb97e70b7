import { ConfigError } from '../config/config-error.js';
import { DatabaseError } from '../database/database-error.js';

/** Why the product could not start, as an operator wants to read it; an unforeseen error with its stack. */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === 'EADDRINUSE') return `Port ${port} is taken. PORT=8080 npm start takes another one.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return `Cannot listen on ${address}:${port} (${code}).`;
  if (error instanceof DatabaseError || isDriverError(error)) {
    return `The database refuses: ${(error as Error).message}. DATABASE_URL says which one it is.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** mysql2's errors before there is a `Database` to translate them. */
function isDriverError(error: unknown): boolean {
  return error instanceof Error && ('sqlState' in error || 'fatal' in error);
}
