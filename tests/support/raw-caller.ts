import { createAmiClient } from '../../src/backend/pbx/ami/ami-client.ts';
import { parseAmiUrl } from '../../src/backend/pbx/ami/ami-address.ts';
import type { AmiFields } from '../../src/backend/pbx/ami/ami-encoder.ts';
import type { Stack } from './stack.ts';

/**
 * What a trunk may deliver, past everything that cleans the demo's own callers: a name of any text with a number that
 * is one, or a number of any text (but a comma, which AMI takes for the next variable).
 */
export type RawCaller = {
  readonly extension: string;
  readonly caller:
    { readonly name: string; readonly plainNumber: string } | { readonly number: string };
};

const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const actionFor = ({ extension, caller }: RawCaller): AmiFields => {
  const variables =
    'name' in caller
      ? {
          // The dialplan decodes the name, so that line ends reach Asterisk as they are.
          __RINGSIDE_DEMO_TARGET: extension,
          __RINGSIDE_DEMO_NUMBER: caller.plainNumber,
          __RINGSIDE_DEMO_NAME: percentEncoded(caller.name),
        }
      : { 'CALLERID(num)': caller.number };
  return [
    ['Channel', 'Local/call@demo-customers/n'],
    ['Context', 'name' in caller ? 'demo-entry' : 'ringside-entry'],
    ['Exten', 'name' in caller ? 's' : extension],
    ['Priority', '1'],
    ['Async', 'true'],
    ...Object.entries({
      ...variables,
      __RINGSIDE_DEMO_VOICE: 'en-emma',
      __RINGSIDE_DEMO_SCENARIO: 'talks',
    }).map(([key, value]) => ['Variable', `${key}=${value}`] as const),
  ];
};

/** Has such a caller call the extension. */
export const rawCallerCalls = async (stack: Stack, call: RawCaller): Promise<void> => {
  const address = parseAmiUrl(stack.services.asterisk?.current().amiUrl ?? '');
  if (!address.ok) throw new Error(address.why);
  await new Promise<void>((resolve, reject) => {
    const client = createAmiClient(address.value, {
      opened: () => {
        client.send('Originate', actionFor(call)).then((answer) => {
          if (answer.ok) resolve();
          else reject(new Error(JSON.stringify(answer.why)));
          client.stop();
        }, reject);
      },
      event: () => undefined,
      lost: (why) => reject(new Error(why)),
    });
    client.start();
  });
};
