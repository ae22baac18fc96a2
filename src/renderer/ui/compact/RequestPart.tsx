import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useTranslation } from 'react-i18next';
import { NumberCautionText } from '../features/dial/NumberCautionText.tsx';
import { useDialRequest, type AskedNumber } from '../features/dial-request/use-dial-request.ts';
import { StripButton } from './StripButton.tsx';
import { StripWords } from './StripWords.tsx';

/** A link or a selection asks for a call. */
export const RequestPart = ({ request }: { readonly request: AskedNumber }) => {
  const { t } = useTranslation();
  const asked = useDialRequest(request);

  const line = () => {
    if (asked.isEmergency) return t('dialRequest.emergency');
    if (asked.consequence !== null) return asked.consequence;
    if (request.extension !== null) {
      return t('dialRequest.extension', { extension: request.extension });
    }
    return (
      <>
        {t(`dialRequest.title.${request.source}`)} <NumberCautionText typed={request.number} />
      </>
    );
  };

  return (
    <>
      <StripWords tone="engaged" title={asked.number} line={line()} />
      <StripButton
        label={t('dial.call')}
        icon={<IconPhone size={18} />}
        tone="ready"
        solid
        named
        disabled={!asked.possible}
        onClick={asked.call}
      />
      <StripButton label={t('common.cancel')} icon={<IconX size={18} />} onClick={asked.cancel} />
    </>
  );
};
