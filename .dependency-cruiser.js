const tests = '\\.test\\.tsx?$|/test/';
const engine = '^packages/express/src/';

/** What a package or app of the house may import of the others, besides itself. */
const mayImport = {
  'packages/contract': [],
  'packages/profiles': [],
  'packages/react': ['packages/contract'],
  'packages/emulator': [],
  'packages/express': ['packages/contract', 'packages/profiles'],
  'apps/web': ['packages/contract', 'packages/react'],
  'apps/bff': ['packages/contract', 'packages/profiles', 'packages/express'],
  'apps/demo-provider': ['packages/emulator'],
};

/**
 * The floors of the engine, the lowest first. A folder may import those of its own floor and of the
 * floors below, and the files at the top that everything stands on.
 */
const engineFloors = [
  ['store'],
  ['login', 'oauth', 'password', 'proxy', 'session', 'tokens'],
  ['middleware'],
  ['routes'],
];

const houseRules = Object.entries(mayImport).map(([folder, others]) => ({
  name: `house-${folder.replace('/', '-')}`,
  comment: `${folder} may import ${others.join(', ') || 'nothing else'} of the house.`,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: tests },
  to: {
    path: '^(packages|apps|e2e|scripts|races|bench)/',
    pathNot: [folder, ...others].map((allowed) => `^${allowed}/`),
  },
}));

const engineRules = engineFloors.slice(0, -1).map((folders, floor) => {
  const above = engineFloors.slice(floor + 1).flat();
  return {
    name: `engine-below-${above[0]}`,
    comment: `${folders.join(', ')} may not import ${above.join(', ')}.`,
    severity: 'error',
    from: { path: `${engine}(${folders.join('|')})/`, pathNot: tests },
    to: { path: `${engine}(${above.join('|')})/` },
  };
});

/**
 * The direction of imports. Type imports have one too: who knows a type depends on it.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    ...houseRules,
    ...engineRules,
    {
      name: 'engine-table-of-contents',
      comment: 'cloakroom.ts imports everything, so nothing in the engine imports it.',
      severity: 'error',
      from: { path: engine, pathNot: tests },
      to: { path: `${engine}cloakroom\\.ts$` },
    },
    {
      name: 'engine-foundation',
      comment: 'errors.ts and log.ts are what everything stands on: they import no folder.',
      severity: 'error',
      from: { path: `${engine}(errors|log)\\.ts$` },
      to: { path: `${engine}[^/]+/` },
    },
    {
      name: 'no-tests-in-code',
      comment: 'Code that ships imports no test and no test support.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'no-cycles',
      comment:
        'Two files that import each other are one file, or three. Types alone may point back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that cannot be followed cannot be checked either.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.(css|svg)(\\?|$)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts'],
    },
  },
};
