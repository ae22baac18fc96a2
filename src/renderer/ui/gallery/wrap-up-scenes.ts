import type { WrapUpCode } from '../../../shared/api/records.ts';
import type { WrapUpFieldView, WrapUpRulesView } from '../../../shared/api/wrap-ups.ts';
import type { WrapUpDraft } from '../../../shared/ipc/desk.ts';
import { deskFixture } from './desk-fixture.ts';
import { wrapUpScene, type Scene } from './scene-makers.ts';

/** Wrap-ups of queues that ask for more, or give less time. */

const label = (en: string, es: string, pt: string) => ({ en, es, pt });
const of = (code: string, text: WrapUpCode['label'], parent?: string): WrapUpCode => ({
  code,
  label: text,
  queue: 'support',
  ...(parent === undefined ? {} : { parent }),
});

const tree: readonly WrapUpCode[] = [
  of('technical', label('Technical', 'Técnica', 'Técnica')),
  of('network', label('Network', 'Red', 'Rede'), 'technical'),
  of('wifi', label('Wi-Fi fault', 'Avería de la wifi', 'Defeito do Wi-Fi'), 'network'),
  of('line', label('Line fault', 'Avería de la línea', 'Defeito da linha'), 'network'),
  of('printer', label('Printer', 'Impresora', 'Impressora'), 'technical'),
  of('account', label('Account', 'Cuenta', 'Conta')),
  of('invoice', label('Invoice', 'Factura', 'Fatura'), 'account'),
  of(
    'address',
    label('Change of address', 'Cambio de dirección', 'Mudança de endereço'),
    'account',
  ),
];

const fields: readonly WrapUpFieldView[] = [
  {
    key: 'order',
    label: label('Order number', 'Número de pedido', 'Número do pedido'),
    kind: 'text',
    required: true,
    maxLength: 20,
    choices: [],
  },
  {
    key: 'mood',
    label: label('Mood', 'Ánimo', 'Humor'),
    kind: 'choice',
    required: false,
    maxLength: 64,
    choices: [
      { value: 'calm', label: label('Calm', 'Tranquilo', 'Calmo') },
      { value: 'upset', label: label('Upset', 'Molesto', 'Aborrecido') },
    ],
  },
];

const usual: WrapUpRulesView = {
  queue: 'support',
  mode: 'required',
  seconds: 0,
  extendSeconds: 0,
  maximumExtensions: 0,
  maximumCodes: 1,
  defaultCode: null,
  fields: [],
};

const scene = (
  now: number,
  rules: Partial<WrapUpRulesView>,
  draft: Partial<WrapUpDraft> = {},
  codes: readonly WrapUpCode[] = [],
): Scene => {
  const { desk, phone } = wrapUpScene(now);
  const { session } = deskFixture(now);
  if (session.state !== 'signed_in') return { desk, phone };
  return {
    desk: {
      ...desk,
      session: {
        ...session,
        wrapUpCodes: [...codes, ...session.wrapUpCodes],
        wrapUpRules: [{ ...usual, ...rules }],
        usedCodes: codes.length === 0 ? [] : ['wifi', 'resolved', 'invoice'],
      },
      wrapUps: (desk.wrapUps ?? []).map((each) => ({ ...each, ...draft })),
    },
    phone,
  };
};

// The call ended 14 s ago.
const timed = { mode: 'agent_extendable', extendSeconds: 30, maximumExtensions: 2 } as const;

export const wrapUpScenes = {
  'wrap-up-timed': (now) => scene(now, { ...timed, seconds: 60 }),
  'wrap-up-soon': (now) => scene(now, { ...timed, seconds: 23, maximumExtensions: 0 }),
  'strip-wrap-up-timed': (now) => scene(now, { ...timed, seconds: 60 }),
  'wrap-up-done': (now) => scene(now, { mode: 'timed_no_early_exit', seconds: 45 }, { done: true }),
  'wrap-up-tree': (now) =>
    scene(now, { maximumCodes: 3, fields: [...fields] }, { code: null }, tree),
  'wrap-up-several': (now) =>
    scene(
      now,
      { maximumCodes: 3, fields: [...fields] },
      { code: 'wifi', codes: ['invoice'], fields: { order: 'PA-20931', mood: 'calm' } },
      tree,
    ),
} as const satisfies Record<string, (now: number) => Scene>;
