import { setTimeout as pause } from 'node:timers/promises';
import { agentToneHz, type FarEnd, toneDb } from '../engine-page/far-end.ts';

/** Music is louder, an idle line quieter. */
const audible = 0.003;
const lookMs = 200;

/** The customer hears music, a ring or a prompt: anything but the agent and silence. */
const isCaredFor = async (customer: FarEnd): Promise<boolean> => {
  const before = customer.heardMs();
  await pause(lookMs);
  // A PBX that sends nothing lets nothing be heard.
  if (customer.heardMs() - before < lookMs / 2) return false;
  const heard = customer.lastHeard(lookMs);
  const rms = Math.sqrt(heard.reduce((sum, sample) => sum + sample ** 2, 0) / heard.length);
  return rms > audible && toneDb(heard, agentToneHz) < -40;
};

/** When the customer is given something to hear in place of an agent who is gone, epoch ms. */
export const caredForAt = async (customer: FarEnd, withinMs: number): Promise<number> => {
  const giveUpAt = performance.now() + withinMs;
  while (performance.now() < giveUpAt) {
    if (customer.hasEnded()) throw new Error('the customer was hung up');
    if (await isCaredFor(customer)) return Date.now();
  }
  throw new Error('the customer hears nothing');
};
