import { textOfCall } from '../call-text.ts';
import type { CallRecord } from '../connector.ts';

/** RFC 3339 without fractions and with an offset. */
export const instantOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

/** `mm:ss`; minutes may be more than sixty. */
const durationOf = (seconds: number): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const whole = Math.max(0, Math.round(seconds));
  return `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
};

/** Whom a call is with is a contact; all else is what it is about, and says of which module it is. */
const relationsOf = ({ person, ticket }: Pick<CallRecord, 'person' | 'ticket'>) => {
  const isContact = person?.type === 'Contacts';
  const about = ticket ?? (isContact ? undefined : person);
  return {
    ...(person !== undefined && isContact ? { Who_Id: { id: person.id } } : {}),
    ...(about === undefined ? {} : { What_Id: { id: about.id }, $se_module: about.type }),
  };
};

export const callFields = (call: CallRecord, mark: string) => {
  const isMissed = call.direction === 'inbound' && call.answeredAt === undefined;
  const isOutbound = call.direction === 'outbound';
  return {
    Subject: call.title.slice(0, 300),
    Call_Type: isMissed ? 'Missed' : isOutbound ? 'Outbound' : 'Inbound',
    Call_Start_Time: instantOf(call.startedAt),
    ...(isMissed ? {} : { Call_Duration: durationOf(call.talkSeconds) }),
    ...(isOutbound ? { Outbound_Call_Status: 'Completed' } : {}),
    ...(call.mappedDisposition ? { Call_Result: call.mappedDisposition } : {}),
    ...relationsOf(call),
    Description: textOfCall(call, mark),
  };
};
