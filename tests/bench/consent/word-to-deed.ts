import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  figureOf,
  progress,
  type Figure,
  type Measure,
} from '../../../scripts/platform/figures.ts';
import { openRecordedCentre } from '../../support/consent/recorded-centre.ts';
import { openRtpMedia } from '../../integration/pbx/rtp-media.ts';
import { plainSdp } from '../../integration/pbx/test-sdp.ts';
import { quantile } from '../support/statistics.ts';

const rounds = { full: 40, quick: 8 } as const;
const toneNumber = '+12025550144';

/** From the agent's word to the PBX's deed, as the desk is told of it: one call, again and again. */
export const measureWordToDeed: Measure = async ({ quick }) => {
  const count = rounds[quick ? 'quick' : 'full'];
  progress('from a word to what the PBX does');
  const centre = await openRecordedCentre(1);
  const media = await openRtpMedia();
  try {
    const [agent] = centre.agents;
    if (agent === undefined) throw new Error('there is no agent');
    const [callKey, callId] = [randomUUID(), randomUUID()];
    const sdp = plainSdp(media.port, 'sendrecv', 1);
    const dialed = await agent.phone().dial(toneNumber, [['X-Ringside-Call', callKey]], sdp);
    media.talkTo(dialed.answer.body, null);
    while (agent.card(callKey) === undefined) await wait(10);

    const untilTold = async (begin: () => Promise<unknown>, states: readonly string[]) => {
      const begunAt = performance.now();
      const told = new Promise<number>((resolve) => {
        const stop = agent.onCard((card) => {
          if (card.callKey !== callKey || !states.includes(card.recording.state)) return;
          stop();
          resolve(performance.now() - begunAt);
        });
      });
      await begin();
      return told;
    };

    const taken: Record<'granted' | 'silent' | 'withdrawn', number[]> = {
      granted: [],
      silent: [],
      withdrawn: [],
    };
    for (let round = 0; round < count; round += 1) {
      taken.granted.push(
        await untilTold(() => agent.say(callKey, callId, 'granted'), ['recording']),
      );
      const pauseId = randomUUID();
      const pause = { pauseId, callKey, step: 'button' };
      taken.silent.push(
        await untilTold(() => agent.ask('POST', '/payment-pauses', pause), ['paused']),
      );
      await agent.ask('POST', `/payment-pauses/${pauseId}/end`, { why: 'agent' });
      taken.withdrawn.push(
        await untilTold(
          () => agent.say(callKey, callId, 'withdrawn'),
          ['stopped', 'sealed', 'deleted'],
        ),
      );
    }
    await dialed.call.hangUp();
    const figure = (name: string, values: readonly number[]): readonly Figure[] => [
      figureOf(`${name}, p50`, quantile(values, 0.5), 'ms', values.length),
      figureOf(`${name}, p95`, quantile(values, 0.95), 'ms', values.length),
    ];
    return [
      ...figure('from consent to a recording', taken.granted),
      ...figure('from a payment step to silence', taken.silent),
      ...figure('from a withdrawal to the end of the recording', taken.withdrawn),
    ];
  } finally {
    media.close();
    await centre.stop();
  }
};
