import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { PbxObserver } from '../../../scripts/headless/pbx-observer.ts';
import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import { uiAddress, type AnsweredCall } from './app-phone.ts';
import type { AttachedElectron } from './launched-electron.ts';
import { renderersOf } from './process-tree.ts';
import { nowMs } from './sip-tap.ts';

export type UiKills = {
  /** From each kill until the call stands on the screen again, ms. */
  readonly backMs: readonly number[];
  /** The call's leg ended at the PBX, or its audio stopped arriving there. */
  readonly isLost: boolean;
  /** The page after the last kill. */
  readonly page: Page;
};

export type KilledApp = {
  readonly pbx: PbxObserver;
  readonly attached: AttachedElectron;
  readonly rootPid: number;
  /** The phone's process, which is left alone. */
  readonly enginePid: number;
};

const betweenKillsMs = 400;

/** Packets that the PBX has received on this channel so far. */
const receivedPackets = async (pbx: PbxObserver, channel: string): Promise<number> => {
  // The table cuts long names off; ours are short: "1001-00000003".
  const name = channel.replace('PJSIP/', '');
  const line = (await pbx.cli('pjsip show channelstats')).find((row) => row.includes(name));
  const afterCodec = line?.split(/\s(?:opus|g722|ulaw|alaw)\s+/u)[1];
  return Number(afterCodec?.trim().split(/\s+/u)[0] ?? Number.NaN);
};

/** Kills the process of the desk's page again and again while a call is on. */
export const killUiInCall = async (
  { pbx, attached, rootPid, enginePid }: KilledApp,
  firstPage: Page,
  call: AnsweredCall,
  kills: number,
): Promise<UiKills> => {
  const hasEnded = (): boolean =>
    pbx
      .seen()
      .some(
        ({ name, message }) => name === 'Hangup' && field(message, 'channel') === call.leg.channel,
      );
  const backMs: number[] = [];
  const pages = [firstPage];
  const before = await receivedPackets(pbx, call.leg.channel);
  for (let kill = 0; kill < kills; kill += 1) {
    const desk = renderersOf(rootPid).find((pid) => pid !== enginePid);
    const dying = pages.at(-1);
    if (desk === undefined || dying === undefined) throw new Error('the app has no desk');
    const killedAt = nowMs();
    process.kill(desk, 'SIGKILL');
    const page = await attached.newPage(uiAddress, pages);
    pages.push(page);
    await page
      .locator(`[data-call-id="${call.callId}"][data-call-state="connected"]`)
      .first()
      .waitFor();
    backMs.push(nowMs() - killedAt);
    await pause(betweenKillsMs);
  }
  const received = (await receivedPackets(pbx, call.leg.channel)) - before;
  const page = pages.at(-1) ?? firstPage;
  // 50 packets a second: half of them would mean silence for half of the time.
  const isAudible = received > (kills * betweenKillsMs) / 40;
  return { backMs, isLost: hasEnded() || !isAudible, page };
};
