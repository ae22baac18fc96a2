import type { AgentView } from '../../../shared/api/records.ts';
import { defaultSound } from '../../../shared/domain/sound/sound-settings.ts';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import { noDeviceSettings } from '../../../shared/ipc/devices.ts';
import { defaultHeadsetSettings } from '../../../shared/ipc/headset-view.ts';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import { uuid } from './people.ts';

const label = (en: string, es: string, pt: string) => ({ en, es, pt });

export const ready = (now: number): AgentView => ({
  state: { state: 'ready' },
  since: now - 14 * 60_000,
  doNotDisturb: false,
  revision: 4,
});

export const deskFixture = (now: number): DeskSnapshot => ({
  revision: 1,
  backend: { state: 'connected' },
  backendUrl: 'http://127.0.0.1:8640',
  session: {
    state: 'signed_in',
    user: {
      id: uuid(1),
      username: 'ana',
      name: 'Ana Ferreira',
      role: 'agent',
      extension: '1001',
    },
    queues: [
      { name: 'support', label: label('Support', 'Soporte', 'Suporte'), autoAnswer: false },
      { name: 'sales', label: label('Sales', 'Ventas', 'Vendas'), autoAnswer: false },
    ],
    reasons: [
      { code: 'break', label: label('Break', 'Descanso', 'Pausa'), paid: true, maximumMinutes: 15 },
      { code: 'lunch', label: label('Lunch', 'Comida', 'Almoço'), paid: false, maximumMinutes: 45 },
      {
        code: 'training',
        label: label('Training', 'Formación', 'Treinamento'),
        paid: true,
        maximumMinutes: null,
      },
      {
        code: 'meeting',
        label: label('Meeting', 'Reunión', 'Reunião'),
        paid: true,
        maximumMinutes: 60,
      },
    ],
    wrapUpCodes: [
      {
        code: 'fault',
        label: label('Fault reported', 'Avería comunicada', 'Defeito relatado'),
        queue: 'support',
      },
      {
        code: 'how_to',
        label: label('How-to question', 'Consulta de uso', 'Dúvida de uso'),
        queue: 'support',
      },
      {
        code: 'sold',
        label: label('Order taken', 'Pedido realizado', 'Pedido feito'),
        queue: 'sales',
      },
      { code: 'resolved', label: label('Resolved', 'Resuelto', 'Resolvido'), queue: null },
      {
        code: 'callback',
        label: label('Call back agreed', 'Llamada acordada', 'Retorno combinado'),
        queue: null,
      },
      {
        code: 'escalated',
        label: label('Passed to tier 2', 'Escalado a nivel 2', 'Passado ao nível 2'),
        queue: null,
      },
      { code: 'billing', label: label('Billing', 'Facturación', 'Cobrança'), queue: null },
      { code: 'wrong', label: label('Wrong number', 'Número equivocado', 'Engano'), queue: null },
    ],
    country: 'ES',
    capabilities: { queues: true, recording: true, demoCustomers: true, parking: true },
    favourites: [],
    demo: true,
    demoEverySeconds: null,
  },
  pbx: { state: 'connected', version: 'Asterisk 22.5.0' },
  sipProblem: null,
  agent: ready(now),
  shift: null,
  shiftReminder: null,
  exceptionDecided: null,
  today: { contacts: 23, missed: 1, handleMs: 23 * 252_000, targetHandleMs: 300_000 },
  cards: [],
  parked: [],
  wrapUps: [],
  finished: null,
  journal: { waiting: 0, late: 0, refused: 0, problem: null },
  engine: 'running',
  settings: {
    theme: 'light',
    language: 'en',
    audioDevices: {
      ...noDeviceSettings,
      speaker: [{ id: 'speaker-1', label: 'Jabra Evolve2 65 (headset)' }],
    },
    ringProof: { at: now - 3_600_000, heard: true, ringer: 'Jabra Evolve2 65 (headset)' },
    headset: defaultHeadsetSettings,
    ringVolume: 0.7,
    audioProcessing: { echoCancellation: true, noiseSuppression: true, autoGainControl: false },
    sound: defaultSound,
    globalKeys: {
      answer: 'CommandOrControl+Alt+F9',
      reject: '',
      end: 'CommandOrControl+Alt+F10',
      hold: 'CommandOrControl+Alt+F12',
      mute: 'CommandOrControl+Alt+F11',
      dialSelected: 'CommandOrControl+Alt+C',
      compact: '',
    },
    compact: false,
    incoming: { duringCall: 'ring', duringWrapUp: 'ring' },
    notifications: true,
    callerPage: 'never',
    shiftReminders: true,
    backendUrl: 'http://127.0.0.1:8640',
  },
  keyConflicts: [],
  dialRequest: null,
  versions: { app: '0.1.0', electron: '45.4.1', chrome: '150.0.7871.46' },
});

export const phoneFixture = (now: number): PhoneSnapshot => ({
  revision: 1,
  engineId: uuid(7),
  registration: { state: 'registered', since: now - 20 * 60_000 },
  calls: [],
  voicemail: { newMessages: 0, oldMessages: 3 },
  presence: {},
  devices: {
    microphones: [
      { id: 'microphone-1', label: 'Jabra Evolve2 65 (microphone)' },
      { id: 'microphone-2', label: 'Built-in microphone' },
    ],
    speakers: [
      { id: 'speaker-1', label: 'Jabra Evolve2 65 (headset)' },
      { id: 'speaker-2', label: 'Built-in speakers' },
    ],
    inUse: {
      microphone: { id: 'microphone-1', label: 'Jabra Evolve2 65 (microphone)' },
      speaker: { id: 'speaker-1', label: 'Jabra Evolve2 65 (headset)' },
      ringer: { id: 'speaker-1', label: 'Jabra Evolve2 65 (headset)' },
    },
    problem: null,
  },
  headsets: [
    {
      id: 1,
      name: 'Jabra Evolve2 65',
      model: '0b0e:0c30',
      buttons: ['hook', 'mute', 'flash', 'redial'],
      lights: ['off_hook', 'ring', 'mute', 'hold'],
      used: true,
      problem: null,
    },
  ],
});
