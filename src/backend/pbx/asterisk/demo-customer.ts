import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiFields } from '../ami/ami-encoder.ts';
import type { CallKey, DemoCustomerCall } from '../pbx.ts';
import { isExtension } from './agent-channel.ts';
import { plainText } from './caller-text.ts';
import { percentEncoded } from './percent-encoded.ts';
import { isQueueName } from './queue-membership.ts';

/** The folders of resources/pbx/voices. */
export const DEMO_VOICES = [
  'en-emma',
  'en-oliver',
  'es-lucia',
  'es-mateo',
  'pt-leticia',
  'pt-rui',
] as const;

const MAX_NUMBER_LENGTH = 20;
const MAX_NAME_LENGTH = 64;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The language of the country that the number belongs to, as far as we have voices for it. */
const voiceForNumber = (number: string): string => {
  if (/^\+(?:55|351|244|258)/.test(number)) return 'pt-leticia';
  if (/^\+(?:34|5)/.test(number)) return 'es-lucia';
  return 'en-emma';
};

/** Most people agree, some do not, and some press nothing. */
const keyForNumber = (number: string): string => {
  if (/[78]$/.test(number)) return '2';
  return number.endsWith('9') ? '' : '1';
};

/** Score, and whether it is resolved. Most people are content; some are not, and some press nothing. */
const surveyKeysForNumber = (number: string): string => {
  if (number.endsWith('9')) return '';
  if (/[78]$/.test(number)) return '20';
  return /[0-4]$/.test(number) ? '51' : '41';
};

/**
 * The AMI action that has a customer call: a pair of local channels, one of which goes to the queue or the agent while
 * the other plays the customer (resources/pbx/etc/extensions_demo.conf). The pair's ids are ours, so the call key is
 * known beforehand. The name travels percent-encoded: nothing in it can reach the dialplan's syntax.
 */
export const demoCustomerAction = (
  call: DemoCustomerCall,
  callKey: CallKey,
): Result<AmiFields, string> => {
  const target = call.extension ?? `queue-${call.queue}`;
  const isTargetValid = call.extension === null ? isQueueName(call.queue) : isExtension(target);
  if (!isTargetValid) return failure('not a queue or an extension');
  const number = call.number.replace(/[^+0-9]/g, '').slice(0, MAX_NUMBER_LENGTH);
  const voice = call.voice ?? voiceForNumber(number);
  if (!DEMO_VOICES.some((known) => known === voice)) return failure('no such voice');
  // Asterisk would write a line end into the INVITE as it is
  const name = Array.from(plainText(call.name.replace(LONE_SURROGATE, '\ufffd')))
    .slice(0, MAX_NAME_LENGTH)
    .join('');
  // the two underscores hand a variable on to channels that this one makes
  const variables = {
    __RINGSIDE_DEMO_TARGET: target,
    __RINGSIDE_DEMO_NUMBER: number,
    __RINGSIDE_DEMO_NAME: percentEncoded(name),
    __RINGSIDE_DEMO_VOICE: voice,
    __RINGSIDE_DEMO_SCENARIO: call.scenario,
    __RINGSIDE_DEMO_SURVEY: (call.surveyKeys ?? surveyKeysForNumber(number))
      .replace(/[^0-9*]/g, '')
      .slice(0, 4),
    __RINGSIDE_DEMO_KEY: (call.key ?? keyForNumber(number)).replace(/[^0-9*#]/g, '').slice(0, 1),
  };
  return success([
    ['Channel', 'Local/call@demo-customers/n'],
    ['Context', 'demo-entry'],
    ['Exten', 's'],
    ['Priority', '1'],
    ['Async', 'true'],
    ['Timeout', '5000'],
    ['ChannelId', callKey],
    ['OtherChannelId', `${callKey}-customer`],
    ...Object.entries(variables).map(([key, value]) => ['Variable', `${key}=${value}`] as const),
  ]);
};
