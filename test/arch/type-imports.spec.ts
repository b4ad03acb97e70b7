import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/**
 * Parameters that Nest has to know the class of at run time, but whose class is imported as a type only: the import
 * is erased, and with it validation (DTOs) or injection, without any error.
 */
function erased(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const typeOnly = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !statement.importClause) continue;
    const { namedBindings, name, phaseModifier } = statement.importClause;
    const whole = phaseModifier === ts.SyntaxKind.TypeKeyword;
    if (whole && name) typeOnly.add(name.text);
    if (!namedBindings || !ts.isNamedImports(namedBindings)) continue;
    for (const element of namedBindings.elements)
      if (whole || element.isTypeOnly) typeOnly.add(element.name.text);
  }
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isParameter(node) && node.type && ts.isTypeReferenceNode(node.type)) {
      const type = node.type.typeName.getText(source);
      if (typeOnly.has(type) && needsClass(node)) found.push(`${node.name.getText(source)}: ${type}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const VALIDATED = /^@(Body|Query|Param|Headers)\(/;

function needsClass(parameter: ts.ParameterDeclaration): boolean {
  const decorators = (ts.getDecorators(parameter) ?? []).map((decorator) => decorator.getText());
  if (decorators.some((decorator) => VALIDATED.test(decorator))) return true;
  const { parent } = parameter;
  if (!ts.isConstructorDeclaration(parent)) return false;
  const owner = ts.getDecorators(parent.parent) ?? [];
  return owner.some((decorator) => decorator.getText().startsWith('@Controller('));
}

describe('classes that Nest needs at run time', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => `src/${file}`);

  it('are never imported as types', () => {
    expect(files.length).toBeGreaterThan(50);
    const faults = files.flatMap((file) =>
      erased(file, readFileSync(join(root, file), 'utf8')).map((parameter) => `${file}: ${parameter}`),
    );
    expect(faults).toEqual([]);
  });

  it('are not turned into types by the compiler or the linter', () => {
    const config = readFileSync(join(root, 'tsconfig.json'), 'utf8');
    expect(config).not.toMatch(/verbatimModuleSyntax|isolatedModules/);
    expect(readFileSync(join(root, '.oxlintrc.json'), 'utf8')).toMatch(/consistent-type-imports": "off"/);
  });
});

describe('the check itself', () => {
  const controller = (imports: string, parameter: string) => `${imports}
@Controller() export class X { constructor(private readonly s: XService) {} @Post() post(${parameter}) {} }`;

  it.each([
    ["import type { XDto } from './x.dto.js';", '@Body() dto: XDto', ['dto: XDto']],
    ["import { type XDto } from './x.dto.js';", '@Query() dto: XDto', ['dto: XDto']],
    ["import type XDto from './x.dto.js';", '@Body() dto: XDto', ['dto: XDto']],
    ["import { XDto } from './x.dto.js';", '@Body() dto: XDto', []],
    ["import type { Actor } from './actor.js';", '@CurrentActor() actor: Actor', []],
    ["import type { XService } from './x.service.js';", '', ['s: XService']],
  ])('%s with (%s)', (imports, parameter, faults) => {
    expect(erased('x.controller.ts', controller(imports, parameter))).toEqual(faults);
  });
});
