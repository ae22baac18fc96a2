import type { ImportResult } from '../../../shared/api/directory.ts';
import { deskFixture } from './desk-fixture.ts';
import type { createMemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';
import type { Scene } from './scene-makers.ts';

/** The own directory: a file of customers, and other systems. */

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;

export const directoryScenes = {
  'own-directory': (now) => {
    const { session } = deskFixture(now);
    if (session.state !== 'signed_in') return {};
    const user = { ...session.user, role: 'administrator' as const };
    return { desk: { session: { ...session, user } } };
  },
} satisfies Record<string, (now: number) => Scene>;

const result: ImportResult = {
  ...{ lines: 1_254, created: 1_204, changed: 31, same: 16, refused: 3 },
  refusals: [
    { line: 17, reason: 'bad_number', text: '5.51134E+11' },
    { line: 208, reason: 'repeated', text: 'C-00207' },
    { line: 871, reason: 'no_name', text: '' },
  ],
};

export const directoryHandlers = (): Partial<Handlers> => ({
  'directory.choose': () => ({
    ok: true,
    value: {
      name: 'clientes-2026.csv',
      look: {
        ...{ encoding: 'windows-1252', delimiter: ';' },
        header: ['Código', 'Nome', 'Sobrenome', 'Celular', 'Telefone', 'E-mail', 'Vendedor'],
        sample: [
          [
            ...['C-00001', 'Marta', 'Oliveira', '(11) 98888-0001', '(11) 3333-4444'],
            ...['marta@padaria.example', 'Rui'],
          ],
          ['C-00002', 'José', 'Núñez', '', '+54 9 11 5000-0044', '', 'Rui'],
        ],
        columns: ['externalId', 'name', 'name', 'number', 'number', 'email', null],
      },
    },
  }),
  'directory.check': () => ({ ok: true, value: { ...result, refusals: [...result.refusals] } }),
  'directory.import': () => ({ ok: true, value: { ...result, refusals: [...result.refusals] } }),
  'directory.saveRefusals': () => ({ ok: true, value: '/home/ana/ringside-refused-lines.csv' }),
  'directory.tokens': () => ({
    ok: true,
    value: {
      tokens: [
        {
          ...{ id: uuid(911), name: 'ERP', madeBy: 'Ana Ferreira', usedAt: Date.now() - 90_000 },
          ...{ scopes: ['directory:read', 'directory:write'], madeAt: Date.now() - 8e9 },
        },
        {
          ...{ id: uuid(912), name: 'Website', madeBy: 'Ana Ferreira', usedAt: null },
          ...{ scopes: ['directory:read'], madeAt: Date.now() - 86_400_000 },
        },
      ],
    },
  }),
  'directory.makeToken': ({ name, scopes }) => ({
    ok: true,
    value: {
      ...{ id: uuid(913), name, scopes: [...scopes], madeBy: 'Ana Ferreira', madeAt: Date.now() },
      ...{ usedAt: null, token: `rsd_${'x7Kq2'.repeat(8)}abc` },
    },
  }),
  'directory.revokeToken': () => ({ ok: true, value: null }),
});
