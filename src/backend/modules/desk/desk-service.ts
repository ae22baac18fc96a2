import type { PbxView, Today, User } from '../../../shared/api/records.ts';
import type { DeskState } from '../../../shared/api/routes.ts';
import { agentState } from '../../../shared/domain/agent/agent.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { findStanding } from '../agent/agent-repository.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { Demo } from '../demo/demo-service.ts';
import {
  listQueuesWithLabels,
  listReasons,
  listWrapUpCodes,
  readToday,
} from './desk-repository.ts';
import { midnightBefore } from './midnight.ts';

export type Desks = {
  /** Everything that the desk of this user needs to start. */
  readonly of: (user: User) => Promise<DeskState>;
  readonly today: (userId: string) => Promise<Today>;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly pbx: Pbx;
  readonly now: Now;
  readonly timeZone: string;
  readonly country: string;
  readonly demo: Pick<Demo, 'everySeconds'> | null;
};

/** The PBX as the desk shows it. */
export const pbxView = (pbx: Pbx): PbxView => pbx.status();

export const createDesks = (needs: Needs): Desks => {
  const { database, contacts, pbx, now, timeZone, country, demo } = needs;
  const today = (userId: string): Promise<Today> =>
    readToday(database, userId, midnightBefore(now(), timeZone));
  return {
    today,
    of: async (user) => {
      const [{ standing, since, revision }, queues, reasons, wrapUpCodes, figures] =
        await Promise.all([
          findStanding(database, user.id),
          listQueuesWithLabels(database, user.id),
          listReasons(database),
          listWrapUpCodes(database),
          today(user.id),
        ]);
      const callKeys = standing.signedIn
        ? new Set([...standing.offers, ...standing.calls, ...standing.wrapUps])
        : new Set<string>();
      const cards = await Promise.all([...callKeys].map((callKey) => contacts.card(callKey)));
      return {
        user,
        agent: { state: agentState(standing), since, revision },
        queues: pbx.capabilities.queues ? queues : [],
        reasons,
        wrapUpCodes,
        cards: cards.filter((card) => card !== null),
        today: figures,
        pbx: pbxView(pbx),
        capabilities: pbx.capabilities,
        serverTime: now(),
        country,
        demo: demo !== null,
        demoEverySeconds: demo?.everySeconds() ?? null,
      };
    },
  };
};
