import { MantineProvider } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskStore } from '../bridge/desk-store.ts';
import { NoticeStack } from '../components/NoticeStack.tsx';
import { LinkedContact } from '../features/contact/LinkedContact.tsx';
import { DialRequests } from '../features/dial-request/DialRequests.tsx';
import { SignIn } from '../features/sign-in/SignIn.tsx';
import { speak } from '../i18n/i18n.ts';
import { dismissNotice, useNotices } from '../state/notice-store.ts';
import { Announcer } from './Announcer.tsx';
import { loadDesk } from './load-desk.ts';
import { cssVariablesResolver, theme } from './theme.ts';
import { useColorScheme } from './use-color-scheme.ts';

const Desk = lazy(async () => ({ default: (await loadDesk()).Desk }));

export const App = () => {
  const { t } = useTranslation();
  const scheme = useColorScheme();
  const language = useDeskStore(({ desk }) => desk?.settings.language ?? null);
  const session = useDeskStore(({ desk }) => desk?.session ?? null);
  const notices = useNotices((shown) => shown.notices);
  useEffect(() => {
    if (language !== null) speak(language);
  }, [language]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme={scheme}
      withGlobalClasses={false}
      withStaticClasses
    >
      <Announcer />
      {session === null ? null : session.state === 'signed_in' ? (
        <Suspense fallback={null}>
          <Desk />
        </Suspense>
      ) : (
        <SignIn session={session} />
      )}
      <DialRequests />
      <LinkedContact />
      <NoticeStack notices={notices} dismissLabel={t('common.dismiss')} onDismiss={dismissNotice} />
    </MantineProvider>
  );
};
