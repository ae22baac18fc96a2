import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import type { CallKey, KeypadPrompt, PbxFailure } from '../pbx.ts';
import { pbxFailure } from './ami-failure.ts';
import type { CallChannel } from './call-tracker.ts';
import { percentEncoded } from './percent-encoded.ts';
import { isQueueName } from './queue-membership.ts';

/** Asterisk's own database, where the dialplan looks which queues have a prompt. */
const FAMILY = 'ringside-prompt';
const PROMPT_VARIABLE = 'RINGSIDE_PROMPT';

/** As the dialplan has it: `consent:es:<wording>:<rule>`, percent-encoded, since it stands in expressions there. */
const promptText = (prompt: KeypadPrompt | null): string =>
  prompt === null
    ? 'none:'
    : [prompt.kind, prompt.language, prompt.wordingVersion, prompt.ruleVersion]
        .map(percentEncoded)
        .join(':');

export type KeypadPrompts = {
  readonly setQueue: (queue: string, isOn: boolean) => Promise<Result<null, PbxFailure>>;
  readonly play: (
    callKey: CallKey,
    prompt: KeypadPrompt | null,
  ) => Promise<Result<null, PbxFailure>>;
};

export const createKeypadPrompts = (
  ami: Pick<AmiClient, 'send'>,
  channelsOf: (callKey: CallKey) => readonly CallChannel[],
): KeypadPrompts => ({
  setQueue: async (queue, isOn) => {
    if (!isQueueName(queue)) return failure({ code: 'pbx_refused', message: 'not a queue' });
    const place = [
      ['Family', FAMILY],
      ['Key', queue],
    ] as const;
    const changed = isOn
      ? await ami.send('DBPut', [...place, ['Val', '1']])
      : await ami.send('DBDel', place);
    // refused: there is nothing to delete
    if (changed.ok || (!isOn && changed.why.code === 'refused')) return success(null);
    return failure(pbxFailure(changed.why));
  },
  play: async (callKey, prompt) => {
    const customers = channelsOf(callKey).filter(({ extension }) => extension === null);
    const answers = await Promise.all(
      customers.map(({ name }) =>
        ami.send('Setvar', [
          ['Channel', name],
          ['Variable', PROMPT_VARIABLE],
          ['Value', promptText(prompt)],
        ]),
      ),
    );
    if (answers.some((answer) => answer.ok)) return success(null);
    const refused = answers.find((answer) => !answer.ok);
    return refused?.ok === false && refused.why.code !== 'refused'
      ? failure(pbxFailure(refused.why))
      : failure({ code: 'no_such_call', message: 'the caller is gone' });
  },
});
