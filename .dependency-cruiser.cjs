/**
 * The import table of the architecture: who may import whom. Run by test/arch/imports.spec.ts and `npm run check`.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const NOT_A_TEST = '\\.spec(-support)?\\.ts$';

/** `from` may not import `to`; specs may, because they build what they test. */
const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { ...from, pathNot: [NOT_A_TEST, ...(from.pathNot ?? [])] },
  to,
});

const MODULE = '^src/modules/([^/]+)/';

/** The modules a module may know, each by its index only. */
const KNOWS = {
  user: ['upload'],
  upload: [],
  group: ['user', 'upload'],
  community: ['user', 'group', 'upload'],
  question: ['user', 'group', 'upload'],
  message: ['user', 'group', 'community', 'question'],
};

const HTTP_EXCEPTION_FILES = 'node_modules/@nestjs/common/exceptions';

module.exports = {
  forbidden: [
    never(
      'no-cycles',
      'Two files that need each other are one file, or three.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    never(
      'common-knows-no-module',
      'common is what every module stands on.',
      { path: '^src/common/' },
      { path: '^src/(modules/|app|main|cli)' },
    ),
    never(
      'modules-know-no-root',
      'The root composes the modules.',
      { path: '^src/modules/' },
      { path: '^src/(app|main|cli)' },
    ),
    ...Object.entries(KNOWS).map(([name, known]) =>
      never(
        `${name}-knows`,
        `${name} may import ${known.length > 0 ? `the index of ${known.join(', ')}` : 'no other module'}.`,
        { path: `^src/modules/${name}/` },
        {
          path: '^src/modules/',
          pathNot: [`^src/modules/${name}/`, ...known.map((other) => `^src/modules/${other}/index\\.ts$`)],
        },
      ),
    ),
    never(
      'modules-by-their-index',
      'Another module is known by its index only.',
      { path: MODULE },
      { path: '^src/modules/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    ),
    never(
      'index-hides-tables',
      "A module's index exports no entity and no repository.",
      { path: '^src/modules/[^/]+/index\\.ts$' },
      { path: '\\.(entity|repository)\\.ts$' },
    ),
    never(
      'controllers-are-thin',
      'A controller knows its service, its DTOs and what common gives routes.',
      { path: '\\.controller\\.ts$' },
      {
        path: [
          '\\.(repository|entity|mapper)\\.ts$',
          'node_modules/(typeorm|@nestjs/typeorm)/',
          '^src/common/database/',
        ],
      },
    ),
    never(
      'services-know-no-sql-and-no-http',
      'A service calls its repository and knows nothing of fastify.',
      { path: '\\.service\\.ts$' },
      {
        path: [
          'node_modules/(fastify|@fastify/[^/]+|@nestjs/platform-fastify)/',
          'node_modules/(typeorm|@nestjs/typeorm)/',
        ],
      },
    ),
    never(
      'repositories-know-no-wire',
      'A repository returns rows: no DTO, no service, no HTTP.',
      { path: '\\.(repository|entity)\\.ts$' },
      {
        path: [
          '\\.(dto|service|controller|mapper)\\.ts$',
          '^src/common/(api|auth|errors|filters)/',
          HTTP_EXCEPTION_FILES,
          'node_modules/(fastify|@nestjs/platform-fastify)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'sql-in-repositories',
      'TypeORM is for entities, repositories and common/database.',
      { path: '^src/modules/', pathNot: ['\\.(entity|repository)\\.ts$', '\\.module\\.ts$'] },
      { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    ),
    never(
      'rules-are-pure',
      'Rules are functions of their arguments.',
      { path: '^src/modules/[^/]+/rules/' },
      {
        path: ['^src/', 'node_modules/'],
        pathNot: ['^src/modules/[^/]+/rules/', 'node_modules/temporal-(polyfill|spec|utils)/'],
      },
    ),
    never(
      'no-dev-packages',
      'What is imported at run time is a dependency.',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    // The trees of unified have types and nothing else.
    never(
      'nothing-unresolvable',
      'Every import leads somewhere.',
      {},
      { couldNotResolve: true, pathNot: '^(mdast|hast)$' },
    ),
    {
      name: 'product-knows-no-test',
      severity: 'error',
      from: { path: '^src/', pathNot: NOT_A_TEST },
      to: { path: ['^(test|bench)/', NOT_A_TEST] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    detectProcessBuiltinModuleCalls: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js'],
    },
  },
};
