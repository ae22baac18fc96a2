import { createAmiClient } from '../../src/backend/pbx/ami/ami-client.ts';
import { parseAmiUrl } from '../../src/backend/pbx/ami/ami-address.ts';
import type { Stack } from './stack.ts';

/** What a trunk of the outside world may deliver, past everything that cleans the demo's own callers. */
export type RawCaller = {
  /** Exactly the text of the caller's number and name, whatever is in it. */
  readonly number: string;
  readonly name: string;
  /** `queue-support`, or an extension. */
  readonly target: string;
};

/** Asterisk evaluates this when it sets the variable: any text comes through as it is, line ends included. */
const asIs = (text: string): string =>
  `\${URIDECODE(${encodeURIComponent(text).replace(/[!'()*]/gu, (mark) => `%${mark.charCodeAt(0).toString(16)}`)})}`;

/** Calls in by the dialplan's entry for trunks. */
export const rawCallerCalls = async (
  stack: Stack,
  { number, name, target }: RawCaller,
): Promise<void> => {
  const address = parseAmiUrl(stack.services.asterisk?.current().amiUrl ?? '');
  if (!address.ok) throw new Error(address.why);
  await new Promise<void>((resolve, reject) => {
    const client = createAmiClient(address.value, {
      opened: () => {
        client
          .send('Originate', [
            ['Channel', 'Local/call@demo-customers/n'],
            ['Context', 'ringside-entry'],
            ['Exten', target],
            ['Priority', '1'],
            ['Async', 'true'],
            ['Variable', `CALLERID(num)=${asIs(number)}`],
            ['Variable', `CALLERID(name)=${asIs(name)}`],
            ['Variable', '__RINGSIDE_DEMO_VOICE=en-emma'],
            ['Variable', '__RINGSIDE_DEMO_SCENARIO=talks'],
          ])
          .then((answer) => {
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
