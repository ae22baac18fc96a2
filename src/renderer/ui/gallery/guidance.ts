import type { ContactGuidance, GuidanceBook, GuidanceFact } from '../../../shared/api/guidance.ts';
import { draftOf, talkingScene, wrapUpScene, type Scene } from './scene-makers.ts';
import { talking } from './calls.ts';
import { deskFixture } from './desk-fixture.ts';
import type { MemoryBridge } from './memory-bridge.ts';
import { marta, uuid } from './people.ts';

const label = (en: string, es: string, pt: string) => ({ en, es, pt });

export const book: GuidanceBook = {
  version: 'one',
  queues: [{ queue: 'support', script: 'outage', verification: 'standard' }],
  scripts: [
    {
      code: 'outage',
      version: 1,
      label: label('Line is down', 'Línea caída', 'Linha fora do ar'),
      steps: [
        {
          id: 'hello',
          text: label(
            'Good day, {customer.name}, this is {agent.name}. Which of your devices has no connection?',
            'Buenos días, {customer.name}, le habla {agent.name}. ¿Qué aparato no tiene conexión?',
            'Bom dia, {customer.name}, aqui é {agent.name}. Qual aparelho está sem conexão?',
          ),
          choices: [
            { label: label('The card terminal', 'El datáfono', 'A maquininha'), goesTo: 'restart' },
            { label: label('Everything', 'Todo', 'Tudo'), goesTo: 'restart' },
            { label: label('Another matter', 'Otro asunto', 'Outro assunto'), goesTo: 'close' },
          ],
          end: false,
        },
        {
          id: 'restart',
          text: label(
            'Please switch it off, count to ten, and switch it on again. I write that to {ticket.reference}.',
            'Apáguelo, cuente hasta diez y enciéndalo de nuevo. Lo anoto en {ticket.reference}.',
            'Desligue, conte até dez e ligue de novo. Vou anotar em {ticket.reference}.',
          ),
          choices: [
            { label: label('It works', 'Funciona', 'Funcionou'), goesTo: 'close' },
            { label: label('Still down', 'Sigue sin ir', 'Continua fora'), goesTo: 'close' },
          ],
          end: false,
        },
        {
          id: 'close',
          text: label('Thank you for calling.', 'Gracias por llamar.', 'Obrigado por ligar.'),
          choices: [],
          end: true,
        },
      ],
    },
  ],
  policies: [
    {
      code: 'standard',
      version: 1,
      label: label('Identity', 'Identidad', 'Identidade'),
      questions: [
        {
          code: 'name',
          label: label('First and last name', 'Nombre y apellidos', 'Nome e sobrenome'),
          field: 'name',
          mandatory: true,
        },
        {
          code: 'number',
          label: label(
            'Last four digits of the number on file',
            'Últimas cuatro cifras del número registrado',
            'Últimos quatro dígitos do número cadastrado',
          ),
          field: 'number_tail',
          mandatory: false,
        },
        {
          code: 'ticket',
          label: label('An open ticket', 'Una incidencia abierta', 'Um chamado aberto'),
          field: 'ticket',
          mandatory: false,
        },
        { code: 'city', label: label('City', 'Ciudad', 'Cidade'), field: 'city', mandatory: false },
      ],
      needed: 2,
      flagAfter: 2,
      validMinutes: null,
      required: true,
    },
  ],
  macros: [
    {
      code: 'callback',
      label: label('Call back agreed', 'Llamada acordada', 'Retorno combinado'),
      text: label(
        'Call back agreed with {customer.name} at {call.number}. ',
        'Se acordó llamar a {customer.name} al {call.number}. ',
        'Retorno combinado com {customer.name} no {call.number}. ',
      ),
      queues: [],
      teams: [],
    },
    {
      code: 'restart',
      label: label('Restarted, works again', 'Reiniciado, funciona', 'Reiniciado, funcionou'),
      text: label(
        'Restarted with {customer.name} of {customer.company}; works again. ',
        'Reiniciado con {customer.name}, de {customer.company}; funciona. ',
        'Reiniciado com {customer.name}, da {customer.company}; funcionou. ',
      ),
      queues: ['support'],
      teams: [],
    },
    {
      code: 'sold',
      label: label('Order taken', 'Pedido hecho', 'Pedido feito'),
      text: label('Order taken. ', 'Pedido hecho. ', 'Pedido feito. '),
      queues: ['sales'],
      teams: [],
    },
  ],
};

const guided = (now: number, scene: Scene): Scene => {
  const { session } = deskFixture(now);
  const desk = { ...scene.desk };
  return {
    ...scene,
    desk:
      session.state === 'signed_in'
        ? { ...desk, session: { ...session, guidance: book.version } }
        : desk,
  };
};

const pressed = (
  call: { readonly callId: string; readonly callKey: string },
  n: number,
  at: number,
  fact: object,
): GuidanceFact =>
  // A fixture: the parts are those of one kind of fact.
  ({ id: uuid(900 + n), callId: call.callId, callKey: call.callKey, at, ...fact }) as GuidanceFact;

const inCall = (now: number, facts: readonly object[], verifications = {}): Scene => {
  const call = talking(now);
  const scene = talkingScene(
    now,
    { match: { kind: 'exact', customer: { ...marta(now), company: '', ...verifications } } },
    call,
  );
  return guided(now, {
    ...scene,
    desk: {
      ...scene.desk,
      wrapUps: [
        draftOf(call, {
          ended: false,
          guidance: facts.map((fact, index) => pressed(call, index, now - 60_000 + index, fact)),
        }),
      ],
    },
  });
};

const move = { kind: 'script_moved', script: 'outage', version: 1 } as const;
const answer = (question: string, said: string) => ({
  ...{ kind: 'verification_pressed', attempt: uuid(950), policy: 'standard', version: 1 },
  ...{ customerId: uuid(100), question, answer: said },
});

const withCustomer =
  (now: number) =>
  (fact: object): object => ({ ...fact, customerId: marta(now).id });

export const guidanceScenes = {
  'guidance-script': (now) =>
    inCall(now, [
      { ...move, move: 'started', step: 'hello' },
      { ...move, move: 'chose', step: 'restart', choice: 0 },
    ]),
  'guidance-begin': (now) => inCall(now, []),
  'guidance-away': (now) => {
    const scene = inCall(now, []);
    const backend = { state: 'away', why: 'ECONNREFUSED', since: now - 9_000 } as const;
    return { ...scene, desk: { ...scene.desk, backend } };
  },
  /** Who calls failed before, and one answer is wrong again. */
  'guidance-failed': (now) =>
    inCall(now, [answer('name', 'wrong')].map(withCustomer(now)), {
      verifications: { failed: { count: 2, lastAt: now - 60_000, flagged: true }, lately: [] },
    }),
  'guidance-verified': (now) =>
    inCall(now, [answer('name', 'right'), answer('ticket', 'right')].map(withCustomer(now))),
  'guidance-wrap-up': (now) => guided(now, wrapUpScene(now)),
} as const satisfies Record<string, (now: number) => Scene>;

const done = { ok: true, value: null } as const;

export const contactGuidance = (at: number): ContactGuidance => {
  const agent = { id: uuid(1), name: 'Ana Ferreira' };
  const { kind: _kind, ...made } = move;
  return {
    scripts: [...book.scripts],
    policies: [...book.policies],
    moves: [
      { ...made, id: uuid(961), callId: uuid(960), at, agent, move: 'started', step: 'hello' },
      {
        ...{ ...made, id: uuid(962), callId: uuid(960), at: at + 21_000, agent },
        ...{ move: 'chose', step: 'restart', choice: 0 },
      },
      {
        ...{ ...made, id: uuid(963), callId: uuid(960), at: at + 75_000, agent },
        ...{ move: 'chose', step: 'close', choice: 0 },
      },
    ],
    attempts: [
      {
        ...{ id: uuid(970), policy: 'standard', version: 1, customerId: uuid(100) },
        ...{ outcome: 'verified', beganAt: at + 30_000, decidedAt: at + 41_000 },
        answers: [
          { question: 'name', answer: 'right' },
          { question: 'number', answer: 'skipped' },
          { question: 'ticket', answer: 'right' },
        ],
        ...{ takenBack: 1, by: agent, here: true },
      },
    ],
  };
};

export const guidanceHandlersOf = (bridge: MemoryBridge, now: () => number) => {
  let told = 0;
  const keep = (callId: string, fact: object) => {
    const call = bridge.phone().calls.find((each) => each.callId === callId);
    const before = bridge.desk().wrapUps.find((draft) => draft.callId === callId);
    const draft = before ?? (call === undefined ? undefined : draftOf(call, { ended: false }));
    if (draft === undefined) return done;
    told += 1;
    const next = {
      ...draft,
      guidance: [...(draft.guidance ?? []), pressed(draft, 100 + told, now(), fact)],
    };
    bridge.changeDesk({
      wrapUps: [...bridge.desk().wrapUps.filter((each) => each.callId !== callId), next],
    });
    return done;
  };
  return {
    'guidance.book': () =>
      bridge.desk().backend.state === 'connected'
        ? { ok: true as const, value: book }
        : { ok: false as const, why: { code: 'backend_away' as const, detail: '' } },
    'guidance.move': ({ callId, ...made }: { readonly callId: string }) =>
      keep(callId, { kind: 'script_moved', ...made }),
    'guidance.press': ({ callId, ...made }: { readonly callId: string }) =>
      keep(callId, { kind: 'verification_pressed', ...made }),
    'guidance.ofContact': () => ({
      ok: true as const,
      value: contactGuidance(now() - 3_700_000),
    }),
  };
};
