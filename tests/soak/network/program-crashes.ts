import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import { figureOf, type Measure, progress } from '../../../scripts/platform/figures.ts';
import { answer, becomeReady, beRung, completeWrapUp } from '../../support/agent-at-work.ts';
import { caredForAt } from '../../support/reliability/customer-care.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import { expectSameHandleTime, legOf } from '../../support/far-end.ts';
import { text } from '../../support/texts.ts';
import { largest, median } from '../../bench/support/statistics.ts';
import { repeatedly } from './repeated.ts';

const patienceMs = 90_000;
/** Two reports of the sound, 2 s apart, and a moment. */
const musicWithinS = 5;
/** Of a program that died the line is closed by its system: waited for 8 s, counted from such a report. */
const goneWithinS = 12;
const audibleDb = -30;
const notes = 'Half a sentence, the';

type Crash = {
  /** From the program's death until the customer is given something to hear, and until its leg is gone at the PBX, ms. */
  readonly caredForMs: number;
  readonly goneMs: number;
  /** From the start of the next program until what was typed stands there, ms: the sign-in included. */
  readonly restoredMs: number;
};

/** The whole program is killed in a customer's call, as by a power cut, and started again. */
export const measureProgramCrashes: Measure = async ({ quick }) => {
  const crashes = quick ? 1 : 30;
  progress(`${String(crashes)} times the whole program is killed in a call`);
  const { done, failed } = await repeatedly<Crash>(
    'kill of the program',
    crashes,
    ({ desk }) => becomeReady(desk),
    async ({ bed, desk: dying }) => {
      const { stack } = bed;
      const call = await bed.inCall(dying, 'queue-support');
      await dying.desk.page.getByRole('textbox', { name: 'Notes' }).fill(notes);
      await dying.desk.page.getByRole('textbox', { name: 'Notes' }).blur();
      await until(
        'the notes are kept',
        async () => (await dying.deskSnapshot()).wrapUps[0]?.notes === notes,
      );
      const killedAt = Date.now();
      await dying.kill();
      const wait = { since: killedAt, timeoutMs: patienceMs };
      const [gone, caredFor] = await Promise.all([
        stack.pbx.event(
          'the end of the leg',
          (name, message) => name === 'Hangup' && field(message, 'channel') === call.channel,
          wait,
        ),
        caredForAt(call.customer, patienceMs),
      ]);
      const startedAt = Date.now();
      const desk = await bed.openDesk(dying.profile);
      const kept = desk.desk.wrapUp.getByRole('textbox', { name: 'Notes' });
      await until('the notes are there again', async () => (await kept.inputValue()) === notes);
      const restoredMs = Date.now() - startedAt;
      await completeWrapUp(desk);
      const since = Date.now();
      await desk.desk.statusLine.getByText(text('status.signalling.registered')).waitFor();
      await desk.desk.ready();
      const again = await beRung(desk, since, patienceMs);
      await answer(desk, again);
      await until(
        'the customer hears the agent again',
        () => call.customer.heardDb(agentToneHz) > audibleDb,
      );
      call.customer.hangUp();
      await desk.desk.wrapUp.waitFor();
      await completeWrapUp(desk);
      const leg = await legOf(stack, call.callId);
      if (leg['outcome'] !== 'phone_failed') throw new Error('the leg ended in another way');
      if (leg['notes'] !== notes) throw new Error('the notes did not arrive');
      await expectSameHandleTime(desk, again.callId);
      const value = { caredForMs: caredFor - killedAt, goneMs: gone.at - killedAt, restoredMs };
      return { value, desk };
    },
  );
  const caredFor = done.map((crash) => crash.caredForMs / 1_000);
  const gone = done.map((crash) => crash.goneMs / 1_000);
  const restored = done.map((crash) => crash.restoredMs / 1_000);
  const n = done.length;
  return [
    figureOf('program killed to music at the customer, median', median(caredFor), 's', n),
    figureOf('program killed to music at the customer, slowest', largest(caredFor), 's', n, {
      atMost: musicWithinS,
    }),
    figureOf('program killed to its leg gone at the PBX, slowest', largest(gone), 's', n, {
      atMost: goneWithinS,
    }),
    figureOf('next start to what was typed, sign-in included, slowest', largest(restored), 's', n),
    figureOf('kills of the program with a fact or a customer lost', failed, '', n + failed, {
      exactly: 0,
    }),
  ];
};
