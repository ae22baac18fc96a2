/**
 * Who may import whom. The table of docs/architecture.md, held by a machine.
 * A rule names a folder and everything outside of its allow-list is forbidden to it.
 */
const NPM = (...names) => `node_modules/(?:${names.join('|')})(?:/|$)`;
const anyOf = (...patterns) => patterns.map((pattern) => `(?:${pattern})`).join('|');

const SHARED_HELPERS = '^src/shared/[^/]+\\.ts$';
const DOMAIN = '^src/shared/domain/';
const SHARED = '^src/shared/';
/** Tests, and the vendors that they talk to. */
const TESTS = '\\.(?:test|fake)\\.tsx?$';

const only = (name, comment, from, allowed, exceptFrom = []) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [TESTS, ...exceptFrom] },
  to: { pathNot: allowed },
});

const never = (name, comment, from, forbidden) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TESTS },
  to: { path: forbidden },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Cycles cannot be undone later; break it with a type, a port or a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    only(
      'domain-is-pure',
      'shared/domain knows itself and the small helpers in shared/.',
      DOMAIN,
      [DOMAIN, SHARED_HELPERS],
      ['^src/shared/domain/phone-number/', '^src/shared/domain/reporting/intervals\\.ts$'],
    ),
    only(
      'interval-domain',
      'shared/domain/reporting/intervals may also use temporal-polyfill: the days of a zone.',
      '^src/shared/domain/reporting/intervals\\.ts$',
      [DOMAIN, SHARED_HELPERS, NPM('temporal-polyfill')],
    ),
    only(
      'phone-number-domain',
      'shared/domain/phone-number may also use libphonenumber-js.',
      '^src/shared/domain/phone-number/',
      [DOMAIN, SHARED_HELPERS, NPM('libphonenumber-js')],
    ),
    only(
      'shared-helpers-are-leaves',
      'Helpers in shared/ import each other only.',
      SHARED_HELPERS,
      [SHARED_HELPERS],
    ),
    only(
      'contracts',
      'shared/ipc and shared/api know the domain and the schema library.',
      '^src/shared/(?:ipc|api)/',
      [DOMAIN, SHARED_HELPERS, '^src/shared/(?:ipc|api)/', NPM('typebox')],
    ),
    never(
      'main-is-the-shell',
      'main never imports a renderer, the backend or JsSIP.',
      '^src/main/',
      anyOf(
        '^src/(?:renderer|backend|preload)/',
        '^(?:scripts|tests)/',
        NPM('jssip', 'react', 'fastify', 'pg'),
      ),
    ),
    only('preload-is-one-bridge', 'preload knows shared/ipc and electron.', '^src/preload/', [
      '^src/preload/',
      '^src/shared/(?:ipc|domain)/',
      SHARED_HELPERS,
      '^electron$',
      NPM('electron', 'typebox'),
    ]),
    only(
      'phone-engine',
      'The engine knows shared, JsSIP, RNNoise and the DOM.',
      '^src/renderer/phone/',
      ['^src/renderer/phone/', SHARED, NPM('jssip', 'typebox', '@shiguredo/rnnoise-wasm')],
    ),
    never(
      'jssip-lives-in-one-folder',
      'Only the SIP adapter of the engine touches JsSIP.',
      '^(?!src/renderer/phone/sip/)(?:src|scripts)/',
      NPM('jssip'),
    ),
    never(
      'ui-knows-no-telephony',
      'The UI never imports JsSIP, electron, node, the engine or another process.',
      '^src/renderer/ui/',
      anyOf(
        '^src/(?:renderer/phone|main|preload|backend)/',
        '^(?:scripts|tests)/',
        '^electron$',
        NPM('jssip', 'electron', 'electron-store', 'fastify', 'pg', 'ws'),
      ),
    ),
    {
      name: 'ui-features-keep-to-themselves',
      comment: "A feature may use another feature's top-level files, never its inner folders.",
      severity: 'error',
      from: { path: '^src/renderer/ui/features/([^/]+)/', pathNot: TESTS },
      to: {
        path: '^src/renderer/ui/features/[^/]+/.+/',
        pathNot: '^src/renderer/ui/features/$1/',
      },
    },
    {
      name: 'no-node-in-renderers',
      comment: 'Renderers and shared code have no Node and no electron.',
      severity: 'error',
      from: { path: '^src/(?:renderer|shared)/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    never(
      'backend-stands-alone',
      'The backend never imports electron, main, preload or a renderer.',
      '^src/backend/',
      anyOf(
        '^src/(?:main|preload|renderer)/',
        '^tests/',
        '^electron$',
        NPM('electron', 'electron-store', 'jssip', 'react'),
      ),
    ),
    {
      name: 'product-does-not-know-its-scripts',
      comment: 'src never imports scripts or tests; their own tests may.',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '^(?:scripts|tests)/' },
    },
    never(
      'fakes-are-for-tests',
      'A fake vendor is started by tests alone.',
      '^src/',
      '\\.fake\\.ts$',
    ),
    never(
      'connectors-keep-to-themselves',
      'A connector knows the port and the HTTP layer, no module and no other connector.',
      '^src/backend/connectors/',
      '^src/backend/(?!connectors/)',
    ),
    {
      name: 'one-folder-a-connector',
      comment: 'A connector never imports another one.',
      severity: 'error',
      from: { path: '^src/backend/connectors/([^/]+)/' },
      to: {
        path: '^src/backend/connectors/[^/]+/',
        pathNot: '^src/backend/connectors/(?:$1|http)/',
      },
    },
    {
      name: 'product-does-not-need-dev-tools',
      comment: 'src imports dependencies, not devDependencies (electron itself and types aside).',
      severity: 'error',
      from: { path: '^src/', pathNot: [TESTS, '\\.d\\.ts$'] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: [NPM('electron'), NPM('@types/[^/]+')],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:out|dist|\\.cache|test-results)/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.scripts.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts', '.css'],
      mainFields: ['module', 'main', 'types'],
    },
    builtInModules: { add: ['electron'] },
  },
};
