import type { TSchema } from 'typebox';
import { pushSchema, type Push } from '../../shared/api/push.ts';
import { agentViewSchema, type AgentView } from '../../shared/api/records.ts';
import {
  apiPrefix,
  sessionSchema,
  sipAccountSchema,
  type DeskState,
  type Session,
  type SipAccount,
} from '../../shared/api/routes.ts';
import type { WrapUpFact } from '../../shared/domain/wrap-up/wrap-up-record.ts';
import type { Wish } from '../../shared/domain/agent/agent.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import type { SessionView } from '../../shared/ipc/desk.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import { createLogger } from '../log/logger.ts';
import { createSchemaCheck } from '../schema-check.ts';
import { refusalOf, type AnswerOf, type ApiRequest } from './api-client.ts';
import { startBackendProbe, syncClock, type Probe, type ProbePorts } from './backend-probe.ts';
import { centreParts } from './centre-parts.ts';
import { takeDeskPush } from './desk-push.ts';
import type { DeskStore } from './desk-store.ts';
import { helpOfDesk, noHelp } from './help-view.ts';
import { joinsOfDesk, noJoins } from '../supervision/shown-joins.ts';
import { openPushClient, type PushClient, type PushPorts } from './push-client.ts';
import { createSipAccountKeeper } from './sip-account.ts';

const log = createLogger('session');
const syncEveryMs = 10 * 60_000;
const farewellMs = 1_500;
const isPush = createSchemaCheck(pushSchema);

type SignedOutWhy = Extract<SessionView, { state: 'signed_out' }>['why'];

export type SessionPorts = ProbePorts & {
  readonly store: DeskStore;
  readonly deviceId: string;
  readonly wallNow: () => number;
  readonly openSocket: PushPorts['open'];
  readonly onAccount: (account: SipAccount | null) => void;
  /** Before the desk shows it: whose facts and drafts are meant from now on. */
  readonly onUser: (userId: string | null) => void;
  /** The backend is there for this user: what waits can be sent. */
  readonly onOnline: () => void;
  /** Somebody completed this agent's wrap-up. */
  readonly onWrapUpClosed: (callId: string, fact: WrapUpFact) => void;
  /** Sends what waits, for so long. */
  readonly drain: (timeoutMs: number) => Promise<void>;
};

/** A request in the name of whoever is signed in. */
export type AuthorizedRequest<Answer extends TSchema | null> = Omit<ApiRequest<Answer>, 'token'>;

/** Who works here, and the line to the backend. The token lives in memory only. */
export type DeskSession = {
  readonly start: () => void;
  readonly signIn: (username: string, password: string) => Promise<Result<null, Refusal>>;
  readonly signOut: () => Promise<Result<null, Refusal>>;
  readonly wish: (wish: Wish) => Promise<Result<null, Refusal>>;
  readonly doNotDisturb: (on: boolean) => Promise<Result<null, Refusal>>;
  readonly request: <Answer extends TSchema | null>(
    request: AuthorizedRequest<Answer>,
  ) => Promise<Result<AnswerOf<Answer>, Refusal>>;
  readonly userId: () => string | null;
  readonly token: () => string | null;
  readonly account: () => SipAccount | null;
  readonly accountRefused: () => void;
  /** The machine woke or changed its network. */
  readonly wake: (slept: boolean) => void;
  /** The backend's address changed while nobody was signed in. */
  readonly moved: () => void;
  /** Best effort, within some seconds: offline at the backend. */
  readonly farewell: () => Promise<void>;
};

type Current = { readonly session: Session; push: PushClient | null };

export const createDeskSession = (ports: SessionPorts): DeskSession => {
  const { api, store } = ports;
  let current: Current | null = null;
  let probe: Probe | null = null;
  let sync: ReturnType<typeof setInterval> | null = null;

  /** Dials as the desk shows: an account may be older than the country that the backend is set to. */
  const accountOfDesk = (): SipAccount | null => {
    const held = account.current();
    const { session } = store.snapshot();
    return held === null || session.state !== 'signed_in'
      ? held
      : { ...held, country: session.country };
  };

  const resync = (): void => void syncClock(ports, true);

  const account = createSipAccountKeeper({
    fetchAccount: async () => {
      const answer = await request({
        method: 'POST',
        path: '/session/sip',
        body: {},
        answer: sipAccountSchema,
      });
      if (!answer.ok && answer.why.code === 'pbx_away' && store.snapshot().sipProblem !== null) {
        store.update({ sipProblem: 'pbx_away' });
      }
      return answer;
    },
    onChange: (held) => {
      if (held !== null) store.update({ sipProblem: null });
      ports.onAccount(held);
    },
    now: ports.clock.now,
    random: ports.random,
  });

  const away = (why: string): void => {
    const { backend } = store.snapshot();
    if (backend.state === 'away' && backend.why === why) return;
    const since = backend.state === 'away' ? backend.since : ports.wallNow();
    store.update({ backend: { state: 'away', why, since } });
  };

  const startProbe = (): void => {
    probe?.stop();
    probe = null;
    if (store.snapshot().backendUrl === '') {
      away('No address of a backend is set');
      return;
    }
    probe = startBackendProbe(ports, {
      onThere: (demoUsers) => {
        const { session } = store.snapshot();
        store.update({
          backend: { state: 'connected' },
          ...(session.state === 'signed_out' ? { session: { ...session, demoUsers } } : {}),
        });
      },
      onAway: away,
    });
  };

  const end = (why: SignedOutWhy, by?: string): void => {
    const ended = current;
    current = null;
    if (sync !== null) clearInterval(sync);
    sync = null;
    ended?.push?.close();
    account.stop();
    ports.onUser(null);
    log.info('Signed out', { why });
    store.update({
      session: {
        state: 'signed_out',
        why,
        demoUsers: null,
        ...(by === undefined ? {} : { by }),
      },
      pbx: null,
      sipProblem: null,
      agent: null,
      today: null,
      missed: [],
      shift: null,
      exceptionDecided: null,
      cards: [],
      elsewhere: [],
      surveyOffers: [],
      parked: [],
      paymentSteps: [],
      ...noHelp,
      ...noJoins,
    });
    startProbe();
  };

  const showDesk = (desk: DeskState): void => {
    store.update({
      session: {
        state: 'signed_in',
        user: desk.user,
        queues: desk.queues,
        reasons: desk.reasons,
        otherReasons: desk.otherReasons ?? [],
        wrapUpCodes: desk.wrapUpCodes,
        wrapUpRules: desk.wrapUpRules ?? [],
        usedCodes: desk.usedCodes ?? [],
        ...centreParts(desk),
        country: desk.country,
        capabilities: desk.capabilities,
        favourites: desk.favourites,
        demo: desk.demo,
        demoEverySeconds: desk.demoEverySeconds,
      },
      backend: { state: 'connected' },
      agent: desk.agent,
      pbx: desk.pbx,
      today: desk.today,
      missed: desk.missed ?? [],
      shift: desk.shift,
      cards: desk.cards,
      elsewhere: desk.elsewhere ?? [],
      parked: desk.parked,
      ...helpOfDesk(desk),
      ...joinsOfDesk(desk),
    });
  };

  const showAgent = (agent: AgentView): void => {
    const shown = store.snapshot().agent;
    if (shown === null || agent.revision >= shown.revision) store.update({ agent });
  };

  const takePush = (push: Push): void => {
    switch (push.kind) {
      case 'desk': {
        const country = accountOfDesk()?.country;
        showDesk(push.desk);
        if (country !== undefined && country !== push.desk.country) {
          ports.onAccount(accountOfDesk());
        }
        ports.onOnline();
        break;
      }
      case 'agent':
        showAgent(push.agent);
        break;
      case 'wrap_up_closed':
        ports.onWrapUpClosed(push.callId, push.fact);
        break;
      case 'demo_clock': {
        const { session } = store.snapshot();
        if (session.state === 'signed_in') {
          store.update({ session: { ...session, demoEverySeconds: push.everySeconds } });
        }
        break;
      }
      case 'signed_out':
        end(push.why, push.by);
        break;
      default:
        takeDeskPush(store, push);
    }
  };

  const openPush = (mine: Current): PushClient =>
    openPushClient({
      url: `${store.snapshot().backendUrl.replace(/^http/u, 'ws').replace(/\/+$/u, '')}${apiPrefix}/push`,
      token: mine.session.token,
      random: ports.random,
      open: ports.openSocket,
      onOpen: () => log.info('The push socket is open'),
      onMessage: (message) => {
        if (current !== mine) return;
        if (isPush(message)) takePush(message);
        else log.warn('A push of unknown shape was dropped');
      },
      onDown: (why) => {
        if (current === mine) away(why);
      },
      onUnauthorized: () => {
        if (current === mine) end('expired');
      },
    });

  const request: DeskSession['request'] = async (wanted) => {
    const mine = current;
    if (mine === null) return failure({ code: 'not_signed_in', detail: '' });
    const answer = await api.call({ ...wanted, token: mine.session.token });
    if (answer.ok) return answer;
    if (answer.why.kind === 'problem' && answer.why.status === 401 && current === mine) {
      end('expired');
    }
    return failure(refusalOf(answer.why));
  };

  const changeAgent = async (path: string, body: object): Promise<Result<null, Refusal>> => {
    const answer = await request({ method: 'PUT', path, body, answer: agentViewSchema });
    if (!answer.ok) return answer;
    showAgent(answer.value);
    return success(null);
  };

  const begin = (session: Session): void => {
    probe?.stop();
    probe = null;
    const mine: Current = { session, push: null };
    current = mine;
    ports.onUser(session.desk.user.id);
    showDesk(session.desk);
    store.update({ sipProblem: session.sipProblem });
    account.start(session.sip, session.sipProblem !== null);
    mine.push = openPush(mine);
    sync = setInterval(resync, syncEveryMs);
    log.info('Signed in', { userId: session.desk.user.id });
  };

  const endAtBackend = async (): Promise<void> => {
    await ports.drain(farewellMs);
    const token = current?.session.token;
    if (token === undefined) return;
    const answer = await api.call({
      method: 'DELETE',
      path: '/session',
      token,
      answer: null,
      timeoutMs: farewellMs,
    });
    if (!answer.ok) log.warn('The backend was not told of the end', { why: answer.why.detail });
  };

  return {
    start: startProbe,
    signIn: async (username, password) => {
      const before = store.snapshot().session;
      if (before.state !== 'signed_out') {
        return failure({ code: 'conflict', detail: 'Somebody is signed in' });
      }
      store.update({ session: { state: 'signing_in' } });
      const answer = await api.call({
        method: 'POST',
        path: '/session',
        token: null,
        body: { username, password, deviceId: ports.deviceId },
        answer: sessionSchema,
      });
      if (!answer.ok) {
        store.update({ session: before });
        const why = refusalOf(answer.why);
        return failure(why.code === 'not_signed_in' ? { ...why, code: 'wrong_password' } : why);
      }
      begin(answer.value);
      return success(null);
    },
    signOut: async () => {
      if (current === null) return failure({ code: 'not_signed_in', detail: '' });
      const mine = current;
      await endAtBackend();
      if (current === mine) end('signed_out');
      return success(null);
    },
    wish: (wish) => changeAgent('/agent/wish', { wish }),
    doNotDisturb: (on) => changeAgent('/agent/do-not-disturb', { on }),
    request,
    userId: () => current?.session.desk.user.id ?? null,
    token: () => current?.session.token ?? null,
    account: accountOfDesk,
    accountRefused: account.refused,
    wake: (slept) => {
      if (slept) ports.clock.mistrust();
      resync();
      current?.push?.doubt();
    },
    moved: () => {
      store.update({ backend: { state: 'connecting' } });
      startProbe();
    },
    farewell: async () => {
      probe?.stop();
      const mine = current;
      if (mine === null) return;
      await endAtBackend();
      mine.push?.close();
    },
  };
};
