import { Button, PasswordInput, TextInput } from '@mantine/core';
import { lazy, Suspense, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../../shared/ipc/desk.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { BrandMark } from '../../components/BrandMark.tsx';
import { ask } from '../../state/orders.ts';
import { dismissSummary, useShift } from '../../state/shift-store.ts';
import { useProgramNotices } from '../../state/use-program-notices.ts';
import { BackendLine } from './BackendLine.tsx';
import { DemoUsers } from './DemoUsers.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { RingArt } from './RingArt.tsx';
import styles from './SignIn.module.css';
import { useProblem } from './use-problem.ts';

const EndedShift = lazy(async () => ({
  default: (await import('../shift/EndedShift.tsx')).EndedShift,
}));

export const SignIn = ({
  session,
}: {
  readonly session: Exclude<SessionView, { readonly state: 'signed_in' }>;
}) => {
  const { t } = useTranslation();
  const backend = useDesk((desk) => desk.backend.state);
  const notices = useProgramNotices();
  const summary = useShift((shift) => shift.summary);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [sending, setSending] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const { problem, setProblem } = useProblem(session);
  const demoUsers = session.state === 'signed_out' ? session.demoUsers : null;
  const busy = sending || session.state === 'signing_in';

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (username.trim() === '' || password === '') {
      setProblem('missing');
      return;
    }
    setProblem(null);
    setSending(true);
    const answer = await ask('session.signIn', { username: username.trim(), password });
    setSending(false);
    if (answer.ok) {
      dismissSummary();
      return;
    }
    setProblem(answer.why.code);
    passwordField.current?.select();
  };

  return (
    <div className={styles['page']}>
      <div className={styles['art']} aria-hidden="true">
        <RingArt />
        <p className={styles['promise']}>{t('signIn.promise')}</p>
      </div>
      <main className={styles['main']}>
        <div className={styles['column']}>
          <div className={styles['brand']}>
            <BrandMark size={36} />
            <span>{t('app.name')}</span>
          </div>
          {summary === null ? null : (
            <Suspense fallback={null}>
              <EndedShift day={summary} />
            </Suspense>
          )}
          <h1 className={styles['title']}>{t('signIn.title')}</h1>
          {notices.map(({ code, text }) => (
            <p key={code} role="alert" className={styles['notice']} data-tone="wrap-up">
              {text}
            </p>
          ))}
          <form className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
            <div
              role="alert"
              className={styles['alert']}
              hidden={problem === null}
              data-tone="danger"
            >
              {problem === null
                ? null
                : t(`signIn.problem.${problem}`, {
                    name: session.state === 'signed_out' ? (session.by ?? '') : '',
                  })}
            </div>
            <TextInput
              label={t('signIn.username')}
              value={username}
              onChange={(event) => {
                setUsername(event.currentTarget.value);
              }}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              size="md"
              data-autofocus
              autoFocus
            />
            <PasswordInput
              ref={passwordField}
              label={t('signIn.password')}
              value={password}
              onChange={(event) => {
                setPassword(event.currentTarget.value);
              }}
              autoComplete="current-password"
              maxLength={256}
              size="md"
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.reveal') }}
            />
            <Button type="submit" size="md" fullWidth loading={busy} className={styles['submit']}>
              {t('signIn.submit')}
            </Button>
          </form>
          <BackendLine />
          {demoUsers === null || demoUsers.length === 0 ? null : (
            <DemoUsers
              users={demoUsers}
              disabled={busy || backend === 'away'}
              onChoose={(user) => {
                setUsername(user.username);
                setPassword(user.password);
                setProblem(null);
              }}
              chosen={username}
            />
          )}
        </div>
        <LanguageChoice />
      </main>
    </div>
  );
};
