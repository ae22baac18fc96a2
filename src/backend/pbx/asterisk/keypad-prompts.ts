import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import type { CallKey, KeypadPrompt, PbxFailure } from '../pbx.ts';
import type { KeypadSurvey } from '../survey.ts';
import { pbxFailure } from './ami-failure.ts';
import type { CallChannel } from './call-tracker.ts';
import { percentEncoded } from './percent-encoded.ts';
import { isQueueName } from './queue-membership.ts';

/** Families of Asterisk's own database, where the dialplan looks which queues have a prompt, and which a survey. */
type Family = 'ringside-prompt' | 'ringside-survey';
/** Of the caller's channel, for which the dialplan waits. */
type Variable = 'RINGSIDE_PROMPT' | 'RINGSIDE_SURVEY';

/** As the dialplan has it: `consent:es:<wording>:<rule>`, percent-encoded, since it stands in expressions there. */
const promptText = (prompt: KeypadPrompt | null): string =>
  prompt === null
    ? 'none:'
    : [prompt.kind, prompt.language, prompt.wordingVersion, prompt.ruleVersion]
        .map(percentEncoded)
        .join(':');

const surveyText = (survey: KeypadSurvey | null): string =>
  survey === null
    ? 'none:'
    : [survey.kind, survey.language, survey.asksResolved ? 'resolved' : ''].join(':');

export type KeypadPrompts = {
  readonly setQueue: (queue: string, isOn: boolean) => Promise<Result<null, PbxFailure>>;
  readonly play: (
    callKey: CallKey,
    prompt: KeypadPrompt | null,
  ) => Promise<Result<null, PbxFailure>>;
  readonly setSurveyQueue: (queue: string, isOn: boolean) => Promise<Result<null, PbxFailure>>;
  readonly playSurvey: (
    callKey: CallKey,
    survey: KeypadSurvey | null,
  ) => Promise<Result<null, PbxFailure>>;
};

export const createKeypadPrompts = (
  ami: Pick<AmiClient, 'send'>,
  channelsOf: (callKey: CallKey) => readonly CallChannel[],
): KeypadPrompts => {
  const setQueue = async (
    family: Family,
    queue: string,
    isOn: boolean,
  ): Promise<Result<null, PbxFailure>> => {
    if (!isQueueName(queue)) return failure({ code: 'pbx_refused', message: 'not a queue' });
    const place = [
      ['Family', family],
      ['Key', queue],
    ] as const;
    const changed = isOn
      ? await ami.send('DBPut', [...place, ['Val', '1']])
      : await ami.send('DBDel', place);
    // refused: there is nothing to delete
    if (changed.ok || (!isOn && changed.why.code === 'refused')) return success(null);
    return failure(pbxFailure(changed.why));
  };

  const answer = async (
    callKey: CallKey,
    variable: Variable,
    value: string,
  ): Promise<Result<null, PbxFailure>> => {
    const customers = channelsOf(callKey).filter(({ extension }) => extension === null);
    const answers = await Promise.all(
      customers.map(({ name }) =>
        ami.send('Setvar', [
          ['Channel', name],
          ['Variable', variable],
          ['Value', value],
        ]),
      ),
    );
    if (answers.some((each) => each.ok)) return success(null);
    const refused = answers.find((each) => !each.ok);
    return refused?.ok === false && refused.why.code !== 'refused'
      ? failure(pbxFailure(refused.why))
      : failure({ code: 'no_such_call', message: 'the caller is gone' });
  };

  return {
    setQueue: (queue, isOn) => setQueue('ringside-prompt', queue, isOn),
    play: (callKey, prompt) => answer(callKey, 'RINGSIDE_PROMPT', promptText(prompt)),
    setSurveyQueue: (queue, isOn) => setQueue('ringside-survey', queue, isOn),
    playSurvey: (callKey, survey) => answer(callKey, 'RINGSIDE_SURVEY', surveyText(survey)),
  };
};
