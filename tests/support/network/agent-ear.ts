import type { Page } from 'playwright';
import { listenIn } from '../engine-page/ears.ts';

/** When the agent heard a tone and when not: every change, epoch ms. */
export type Turn = { readonly at: number; readonly heard: boolean };

type Watching = Window & { heardElements?: Set<HTMLAudioElement>; heardTurns?: Turn[] };

const lookEveryMs = 15;

/** Before the call whose sound is to be watched. */
export const watchTone = async (page: Page, frequencyHz: number): Promise<void> => {
  await listenIn(page);
  await page.evaluate(
    ([hertz = 0, everyMs = 0]) => {
      const watching = window as Watching;
      const turns: Turn[] = (watching.heardTurns = []);
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 1_024, smoothingTimeConstant: 0 });
      const bins = new Float32Array(analyser.frequencyBinCount);
      const bin = Math.round((hertz * analyser.fftSize) / context.sampleRate);
      let source: MediaStreamAudioSourceNode | null = null;
      let stream: MediaProvider | null = null;
      setInterval(() => {
        const playing = [...(watching.heardElements ?? [])].findLast(
          ({ srcObject }) => srcObject !== null,
        );
        if (playing?.srcObject instanceof MediaStream && playing.srcObject !== stream) {
          source?.disconnect();
          stream = playing.srcObject;
          source = new MediaStreamAudioSourceNode(context, { mediaStream: playing.srcObject });
          source.connect(analyser);
        }
        analyser.getFloatFrequencyData(bins);
        const heard = Math.max(...bins.slice(bin - 1, bin + 2)) > -40;
        if (heard === (turns.at(-1)?.heard ?? false)) return;
        turns.push({ at: performance.timeOrigin + performance.now(), heard });
      }, everyMs);
    },
    [frequencyHz, lookEveryMs],
  );
};

export const turnsOf = (page: Page): Promise<readonly Turn[]> =>
  page.evaluate(() => (window as Watching).heardTurns ?? []);

/**
 * From this moment until the tone was heard and went on for a while, ms; null: not yet. A tone that never stopped was
 * back at once.
 */
export const backAfterMs = (
  turns: readonly Turn[],
  since: number,
  lastsMs: number,
  now: number,
): number | null => {
  const before = turns.findLast(({ at }) => at <= since)?.heard ?? false;
  const after = [{ at: since, heard: before }, ...turns.filter(({ at }) => at > since)];
  const back = after.find(
    ({ at, heard }, index) => heard && (after[index + 1]?.at ?? now) - at >= lastsMs,
  );
  return back === undefined ? null : back.at - since;
};
