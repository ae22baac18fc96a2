import type { Elsewhere } from '../../../shared/api/elsewhere.ts';
import type { MissedOffer } from '../../../shared/api/missed.ts';
import type { ContactCard, PbxView, Today, User } from '../../../shared/api/records.ts';
import type { DeskState } from '../../../shared/api/routes.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { Acting } from '../acting/acting.ts';
import { findStanding } from '../agent/agent-repository.ts';
import { agentViewOf } from '../agent/agent-view.ts';
import { listOtherReasons, listReasonsFor } from '../agent/reasons.ts';
import type { CallBacks } from '../call-backs/call-backs.ts';
import type { CoachingDesk } from '../coaching/coaching.ts';
import type { ConsentBook } from '../consent/consent-book.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { Demo } from '../demo/demo-service.ts';
import type { Emergencies } from '../emergency/emergencies.ts';
import type { Favourites } from '../favourites/favourites.ts';
import { readGuidanceVersion } from '../guidance/guidance-centre.ts';
import type { Help } from '../help/help.ts';
import type { ParkedCalls } from '../parked/parked-calls.ts';
import type { Surveys } from '../surveys/survey-service.ts';
import { readPaymentRules } from '../payment/payment-centre.ts';
import type { ServiceRecording } from '../telephony/service-recording.ts';
import type { Joining } from '../supervision/joining.ts';
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
  readonly book: Pick<ConsentBook, 'load'>;
  readonly contacts: Contacts;
  /** What other systems know of a card's caller; this user's desk hears what comes later as well. */
  readonly elsewhereOf: (userId: string, card: ContactCard) => Elsewhere | null;
  readonly favourites: Favourites;
  readonly recentlyMissed: (userId: string) => Promise<readonly MissedOffer[]>;
  readonly parked: Pick<ParkedCalls, 'list'>;
  readonly pbx: Pbx;
  readonly now: Now;
  readonly timeZone: string;
  readonly country: string;
  /** Where the program's new versions come from; null: nowhere. */
  readonly updates: string | null;
  readonly demo: Pick<Demo, 'everySeconds'> | null;
  readonly plans: Pick<Plans, 'view'>;
  readonly serviceRecording: Pick<ServiceRecording, 'refresh'>;
  readonly joinsOf: Joining['deskPart'];
  readonly helpOf: Help['deskPart'];
  readonly emergenciesOf: Emergencies['deskPart'];
  readonly memosOf: Acting['deskPart'];
  readonly coachingOf: CoachingDesk['deskPart'];
  readonly surveys: Surveys['deskPart'];
  readonly callBacksOf: CallBacks['deskPart'];
};

/** The PBX as the desk shows it. */
export const pbxView = (pbx: Pbx): PbxView => pbx.status();

export const createDesks = (needs: Needs): Desks => {
  const { database, book, contacts, favourites, parked, pbx, now, timeZone, country, demo, plans } =
    needs;
  const { recentlyMissed, serviceRecording } = needs;
  const today = (userId: string): Promise<Today> =>
    readToday(database, userId, midnightBefore(now(), timeZone));
  return {
    today,
    of: async (user) => {
      // Where this agent works may have changed since.
      const places = book.load();
      const [
        row,
        queues,
        reasons,
        otherReasons,
        wrapUpCodes,
        wrapUpRules,
        usedCodes,
        payment,
        guidance,
        isByService,
        figures,
        mine,
        shift,
        joins,
        help,
        memos,
        coaching,
        emergencies,
        surveys,
        callBacks,
      ] = await Promise.all([
        findStanding(database, user.id),
        listQueuesWithLabels(database, user.id),
        listReasonsFor(database, user.id),
        listOtherReasons(database, user.id),
        listWrapUpCodes(database),
        listWrapUpRules(database),
        listUsedCodes(database, user.id, now()),
        readPaymentRules(database),
        readGuidanceVersion(database),
        serviceRecording.refresh(),
        today(user.id),
        favourites.list(user.id),
        plans.view(user.id),
        needs.joinsOf(user.id),
        needs.helpOf(user.id),
        needs.memosOf(user.id),
        needs.coachingOf(user.id),
        needs.emergenciesOf(user.id),
        needs.surveys(),
        needs.callBacksOf(user),
      ]);
      const { standing } = row;
      const callKeys = standing.signedIn
        ? new Set([...standing.offers, ...standing.calls, ...standing.wrapUps])
        : new Set<string>();
      await places;
      const cards = await Promise.all([...callKeys].map((callKey) => contacts.card(callKey)));
      const shown = cards.filter((card) => card !== null);
      return {
        user,
        agent: agentViewOf(row),
        queues,
        reasons,
        otherReasons,
        wrapUpCodes,
        wrapUpRules,
        usedCodes,
        payment: { ...payment, pages: [...payment.pages] },
        ...(guidance === '' ? {} : { guidance }),
        cards: shown.map((card) => contacts.forAgent(card, user.id)),
        elsewhere: shown.flatMap((card) => needs.elsewhereOf(user.id, card) ?? []),
        today: figures,
        favourites: mine,
        ...joins,
        ...help,
        ...emergencies,
        ...memos,
        ...coaching,
        ...surveys,
        ...callBacks,
        missed: [...(await recentlyMissed(user.id))],
        shift,
        pbx: pbxView(pbx),
        capabilities: {
          ...pbx.capabilities,
          ...(isByService ? { recordingByService: true as const } : {}),
        },
        parked: parked.list(),
        serverTime: now(),
        country,
        ...(needs.updates === null ? {} : { updates: needs.updates }),
        demo: demo !== null,
        demoEverySeconds: demo?.everySeconds() ?? null,
      };
    },
  };
};
