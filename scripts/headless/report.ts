import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment } from '../../src/shared/domain/handle-time/segments.ts';
import type { TimelineStep } from './timeline.ts';

export type MeasuredLevel = { readonly db: number; readonly how: string };

/** What one whole call showed; everything in it was read at the far end unless `client` says otherwise. */
export type CallReport = {
  readonly versions: {
    readonly electron: string;
    readonly node: string;
    readonly asterisk: string;
    readonly postgres: string;
  };
  readonly call: {
    readonly id: string;
    readonly queue: string | null;
    readonly customerName: string;
    readonly match: string;
  };
  readonly timings: {
    /** From the PBX making the agent's leg to the customer's record in the page. */
    readonly inviteToPopMs: number;
    /** From the press of Answer to the PBX hearing the agent. */
    readonly answerToFirstAudioMs: number;
    /** From the press of Hang up to the wrap-up on screen. */
    readonly endToWrapUpMs: number;
  };
  readonly audio: {
    readonly customerHearsAgent: MeasuredLevel;
    readonly agentHearsCustomer: MeasuredLevel;
  };
  readonly consent: { readonly state: string; readonly at: number };
  readonly recording: {
    readonly startedAfterConsent: boolean;
    readonly seconds: number;
    readonly channels: number;
    readonly path: string;
  };
  readonly segments: readonly (Segment & { readonly ms: number })[];
  readonly handleTimeMs: {
    readonly client: number;
    readonly backend: number;
    readonly sumOfSegments: number;
  };
  readonly wrapUp: { readonly code: string };
  readonly agentStateAfter: string;
};

export type RunReport = Partial<CallReport> & {
  readonly ok: boolean;
  readonly startedAt: number;
  readonly steps: readonly TimelineStep[];
  readonly failure: string | null;
};

export const writeReport = async (outDir: string, report: RunReport): Promise<string> => {
  await mkdir(outDir, { recursive: true });
  const path = join(outDir, 'report.json');
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
};
