import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attack, attacksOn, BAD, bodyAttacks } from '../support/attacks.js';
import { Attacker } from '../support/attacker.js';
import { strangeTexts } from '../support/hostile.js';
import { exampleOf, needsToken, type Operation, operations, rowsOf, title } from '../support/operations.js';

let attacker: Attacker;
beforeAll(async () => {
  attacker = await Attacker.create();
});
afterAll(() => attacker.close());

/** What is found before anybody asks who is calling. */
const UNREADABLE = new Set([
  'body',
  'path',
  'query',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
]);
describe('bad input', () => {
  it.each(rowsOf(operations))('%s refuses it, names the field and writes nothing', async (_, operation) => {
    const before = await attacker.checksums();
    expect(await attacker.survivors(operation, attacksOn(operation))).toEqual([]);
    expect(await attacker.checksums()).toEqual(before);
  });

  // Some ten thousand requests.
  it(
    'does not even get to be looked at from people who are not signed in',
    { timeout: 120_000 },
    async () => {
      const before = await attacker.checksums();
      const found: string[] = [];
      for (const operation of operations.filter(needsToken)) {
        // Every kind of attack is among those, on one route or another.
        const some = attacksOn(operation).filter(
          ({ payload = '' }, i) => i % 7 === 0 && payload.length < 10_000,
        );
        for (const attack of some) {
          const { status, error, fields } = await attacker.send(operation, attack, 'en', null);
          const unreadable =
            attack.refusal ?? (Object.keys(fields).every((name) => UNREADABLE.has(name)) ? BAD : []);
          if (error !== 'NOT_LOGGED_IN' && !unreadable!.some(([a, b]) => a === status && b === error))
            found.push(`${title(operation)}: ${attack.what} answered ${status} ${error}`);
        }
      }
      expect(found).toEqual([]);
      expect(await attacker.checksums()).toEqual(before);
    },
  );

  it('in the body of a GET is not read', async () => {
    const reads = operations.filter(({ method }) => method === 'GET');
    // Scores that sink with time are written anew by the first who asks for them.
    for (const operation of reads) await attacker.send(operation, { what: 'nothing' });
    const before = await attacker.checksums();
    for (const operation of reads) {
      const { status } = await attacker.send(operation, { what: 'nothing' });
      for (const attack of bodyAttacks(undefined)) {
        const answer = await attacker.send(operation, { ...attack, what: title(operation) });
        expect(answer.status, `${title(operation)} with ${attack.what}`).toBe(status);
      }
    }
    expect(await attacker.checksums()).toEqual(before);
  });
});

/** From here on things are written. */
describe('good input', () => {
  it.each(rowsOf(operations.filter(({ method }) => method !== 'DELETE')))(
    '%s survives what is strange',
    async (_, operation) => {
      const { body, parameters } = operation;
      const survive = async (name: string, attack: Attack) => {
        const { status, error, fields } = await attacker.send(operation, attack);
        expect(status, `${title(operation)} ${attack.what}`).toBeLessThan(500);
        // Rules that the document has no words for.
        if (error === 'BAD_PARAMETER') expect(Object.keys(fields), attack.what).toEqual([name]);
      };
      for (const { name, schema } of parameters.filter(
        (each) => each.in === 'query' && each.name !== 'cursor',
      ))
        for (const { what, value } of strangeTexts(schema))
          await survive(name, {
            what: `${what} as ${name}`,
            parameters: { [name]: encodeURIComponent(value) },
          });
      for (const [name, schema] of Object.entries(body?.properties ?? {}))
        for (const { what, value } of strangeTexts(schema))
          await survive(name, {
            what: `${what} as ${name}`,
            payload: JSON.stringify({ ...(exampleOf(body!) as object), [name]: value }),
            headers: { 'content-type': 'application/json' },
          });
    },
  );

  const accepted = async (operation: Operation, attack: Attack) => {
    await attacker.signInAnew();
    const { status, error, fields } = await attacker.send(operation, attack);
    expect(status, `${title(operation)} ${attack.what}`).toBeLessThan(500);
    expect(String(error), `${title(operation)} ${attack.what}: ${JSON.stringify(fields)}`).not.toMatch(
      /^(BAD_PARAMETER|HTTP_ERROR|TOKEN_.*|NOT_LOGGED_IN)$/,
    );
  };

  it.each(rowsOf(operations))(
    '%s takes it: what was refused above was refused for its fault',
    async (_, operation) => {
      await accepted(operation, { what: 'as documented' });
      const { body } = operation;
      if (body) {
        await accepted(operation, {
          what: 'after a byte order mark',
          payload: `\ufeff${JSON.stringify(exampleOf(body))}`,
          headers: { 'content-type': 'application/json' },
        });
      }
    },
  );
});

it('and all of that was a lot', () => {
  expect(attacker.sent / operations.length).toBeGreaterThan(200);
});
