import { createHmac } from 'node:crypto';
import type { CallRecord } from '../connector.ts';

/** What a company's own address is told of calls; docs/connectors.md describes it for whoever receives it. */

const instant = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString();

export type CallEvent = {
  /** The same in every attempt: whoever had it already has nothing to do. */
  readonly id: string;
  readonly type: 'call.logged' | 'call.updated' | 'ping';
  readonly call?: Readonly<Record<string, unknown>>;
};

export const callEvent = (type: 'call.logged' | 'call.updated', call: CallRecord): CallEvent => ({
  id: call.revision === 0 ? call.callId : `${call.callId}/${String(call.revision)}`,
  type,
  call: {
    id: call.callId,
    revision: call.revision,
    direction: call.direction,
    customerNumber: call.customerNumber,
    companyNumber: call.companyNumber,
    agentName: call.agentName,
    queue: call.queue ?? null,
    startedAt: instant(call.startedAt),
    answeredAt: instant(call.answeredAt),
    endedAt: instant(call.endedAt),
    talkSeconds: call.talkSeconds,
    title: call.title,
    lines: call.lines,
    disposition:
      call.disposition === undefined
        ? null
        : { ...call.disposition, mapped: call.mappedDisposition ?? null },
    notes: call.notes,
    recordingUrl: call.recordingUrl ?? null,
    person: call.person === undefined ? null : { type: call.person.type, id: call.person.id },
    ticket: call.ticket === undefined ? null : { type: call.ticket.type, id: call.ticket.id },
  },
});

/** `t` is the instant of this attempt, Unix s; `v1` is HMAC-SHA256 over `t.body`, hex. */
export const signature = (body: string, secret: string, nowMs: number): string => {
  const t = String(Math.floor(nowMs / 1_000));
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
};
