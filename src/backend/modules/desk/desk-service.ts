import type { MissedOffer } from '../../../shared/api/missed.ts';
import type { PbxView, Today, User } from '../../../shared/api/records.ts';
import type { DeskState } from '../../../shared/api/routes.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { findStanding } from '../agent/agent-repository.ts';
import { agentViewOf } from '../agent/agent-view.ts';
import { listOtherReasons, listReasonsFor } from '../agent/reasons.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { Demo } from '../demo/demo-service.ts';
import type { Favourites } from '../favourites/favourites.ts';
import type { ParkedCalls } from '../parked/parked-calls.ts';
import type { Plans } from '../shifts/plans.ts';
import { listUsedCodes, listWrapUpCodes, listWrapUpRules } from '../wrap-up/wrap-up-repository.ts';
import { listQueuesWithLabels, readToday } from './desk-repository.ts';
import { midnightBefore } from './midnight.ts';

export type Desks = {
  /** Everything that the desk of this user needs to start. */
  readonly of: (user: User) => Promise<DeskState>;
  readonly today: (userId: string) => Promise<Today>;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly favourites: Favourites;
  readonly recentlyMissed: (userId: string) => Promise<readonly MissedOffer[]>;
  readonly parked: Pick<ParkedCalls, 'list'>;
  readonly pbx: Pbx;
  readonly now: Now;
  readonly timeZone: string;
  readonly country: string;
  readonly demo: Pick<Demo, 'everySeconds'> | null;
  readonly plans: Pick<Plans, 'view'>;
};

/** The PBX as the desk shows it. */
export const pbxView = (pbx: Pbx): PbxView => pbx.status();

export const createDesks = (needs: Needs): Desks => {
  const { database, contacts, favourites, parked, pbx, now, timeZone, country, demo, plans } =
    needs;
  const { recentlyMissed } = needs;
  const today = (userId: string): Promise<Today> =>
    readToday(database, userId, midnightBefore(now(), timeZone));
  return {
    today,
    of: async (user) => {
      const [
        row,
        queues,
        reasons,
        otherReasons,
        wrapUpCodes,
        wrapUpRules,
        usedCodes,
        figures,
        mine,
        shift,
      ] = await Promise.all([
        findStanding(database, user.id),
        listQueuesWithLabels(database, user.id),
        listReasonsFor(database, user.id),
        listOtherReasons(database, user.id),
        listWrapUpCodes(database),
        listWrapUpRules(database),
        listUsedCodes(database, user.id, now()),
        today(user.id),
        favourites.list(user.id),
        plans.view(user.id),
      ]);
      const { standing } = row;
      const callKeys = standing.signedIn
        ? new Set([...standing.offers, ...standing.calls, ...standing.wrapUps])
        : new Set<string>();
      const cards = await Promise.all([...callKeys].map((callKey) => contacts.card(callKey)));
      return {
        user,
        agent: agentViewOf(row),
        queues,
        reasons,
        otherReasons,
        wrapUpCodes,
        wrapUpRules,
        usedCodes,
        cards: cards.filter((card) => card !== null),
        today: figures,
        favourites: mine,
        missed: [...(await recentlyMissed(user.id))],
        shift,
        pbx: pbxView(pbx),
        capabilities: pbx.capabilities,
        parked: parked.list(),
        serverTime: now(),
        country,
        demo: demo !== null,
        demoEverySeconds: demo?.everySeconds() ?? null,
      };
    },
  };
};
