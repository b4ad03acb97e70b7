import { describe, expect, it } from 'vitest';
import { MysqlDialect } from './mysql.dialect.js';

const dialect = new MysqlDialect();
const thrown = (fields: object) => Object.assign(new Error('driver'), fields);
const fromServer = (errno: number, sqlMessage = '') =>
  thrown({ code: `ER_${errno}`, errno, sqlState: 'HY000', sqlMessage });

describe('MysqlDialect.readError', () => {
  it.each([
    ["Duplicate entry 'x' for key 'users.uq_users_phone'", 'uq_users_phone'], // MySQL
    ["Duplicate entry 'x' for key 'uq_users_phone'", 'uq_users_phone'], // MariaDB
    ["Duplicate entry 'for key 'a.b'' for key 'uq_real'", 'uq_real'], // a value that looks like the message
    ["Duplicate entry '1' for key 'PRIMARY'", 'PRIMARY'],
  ])('finds the index in: %s', (message, index) => {
    expect(dialect.readError(fromServer(1062, message))).toMatchObject({ kind: 'duplicate', index });
  });

  it.each([
    [1213, 'retry', false],
    [1205, 'retry', false],
    [1020, 'retry', false],
    [1452, 'foreignKey', false],
    [1040, 'unavailable', false],
    [1053, 'unavailable', true],
    [1927, 'unavailable', true],
    [1047, 'unavailable', true],
    [1290, 'unavailable', true],
    [1064, 'other', false],
  ])('takes error %i for %s', (errno, kind, connectionLost) => {
    expect(dialect.readError(fromServer(errno))).toMatchObject({ kind, connectionLost });
  });

  it('takes whatever ends the connection for unavailable', () => {
    expect(dialect.readError(thrown({ code: 'ECONNRESET', fatal: true }))).toEqual({
      kind: 'unavailable',
      code: 'ECONNRESET',
      connectionLost: true,
    });
    expect(dialect.readError(thrown({ fatal: true }))).toMatchObject({ connectionLost: true });
  });

  it('leaves other errors alone', () => {
    const error = new TypeError('not of the database');
    expect(dialect.readError(error)).toBeUndefined();
    expect(dialect.toError(error)).toBe(error);
  });
});
