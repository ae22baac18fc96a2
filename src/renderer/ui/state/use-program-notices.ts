import { useTranslation } from 'react-i18next';
import { useDesk } from '../bridge/desk-store.ts';

const nothing: readonly never[] = [];

/** What happened to this program's own files, in words. */
export const useProgramNotices = (): readonly {
  readonly code: string;
  readonly text: string;
}[] => {
  const { t } = useTranslation();
  const notices = useDesk((desk) => desk.notices ?? nothing);
  return notices.map((code) => ({ code, text: t(`app.notice.${code}`) }));
};
