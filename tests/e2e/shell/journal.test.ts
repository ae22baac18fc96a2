import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { password } from '../../support/centre.ts';
import { contentOf, forget, launchApp, newProfile, waitFor } from './support/app-under-test.ts';
import {
  endedCall,
  launchSignedIn,
  report,
  signIn,
  startDesks,
  talkingCall,
  test,
} from './support/desk-under-test.ts';

test('a wrap-up survives kill -9 of the whole program and is offered again to the same agent', async ({
  desks,
}) => {
  const app = await launchSignedIn(desks);
  const call = talkingCall();
  await report(app, [call]);
  await report(app, [endedCall(call)]);
  const page = await app.page('ui');
  const kept = await page.evaluate(
    (callId) =>
      window.ringside.request('wrapUp.draft', { callId, code: 'resolved', notes: 'half a sen' }),
    call.callId,
  );
  expect(kept).toEqual({ ok: true, value: null });
  const before = (await app.desk()).wrapUps;
  await app.killProgram();

  const again = await launchApp({ backendUrl: desks.url, profileDir: app.profileDir });
  expect((await again.desk()).wrapUps).toEqual([]);
  await signIn(again);
  expect((await again.desk()).wrapUps).toEqual(before);
  const answer = await (
    await again.page('ui')
  ).evaluate(
    (callId) =>
      window.ringside.request('wrapUp.complete', { callId, code: 'resolved', notes: 'whole' }),
    call.callId,
  );
  expect(answer).toEqual({ ok: true, value: null });
  await waitFor('the backend to have it', async () => (await again.desk()).journal.waiting === 0);
  expect((await again.desk()).wrapUps).toEqual([]);
  await again.close();
  forget(again.profileDir);
});

test('a call that the program took down with it is closed in the ledger at the next start', async ({
  desks,
}) => {
  const app = await launchSignedIn(desks);
  const call = talkingCall();
  await report(app, [call]);
  await app.killProgram();
  const again = await launchApp({ backendUrl: desks.url, profileDir: app.profileDir });
  await signIn(again);
  const [draft] = (await again.desk()).wrapUps;
  expect(draft).toMatchObject({ callId: call.callId, ended: true });
  expect(draft?.facts.at(-1)).toMatchObject({ kind: 'ended', outcome: 'phone_failed' });
  await again.close();
  forget(again.profileDir);
});

test('what happens while the backend is away waits on the disk and arrives when it returns', async ({
  desks,
  server,
}) => {
  const app = await launchSignedIn(desks);
  await desks.backend.backend.app.close();
  await waitFor('the loss to be seen', async () => (await app.desk()).backend.state === 'away');
  const call = talkingCall();
  await report(app, [call]);
  await report(app, [endedCall(call)]);
  const { journal, session } = await app.desk();
  expect(journal).toMatchObject({ waiting: 3, refused: 0, problem: null });
  expect(session.state).toBe('signed_in');
  await app.close();
  // Nothing was lost by quitting either.
  const next = await startDesks(server);
  const again = await launchApp({ backendUrl: next.url, profileDir: app.profileDir });
  await signIn(again);
  await waitFor('the journal to empty', async () => (await again.desk()).journal.waiting === 0);
  await again.close();
  await next.stop();
  forget(app.profileDir);
});

test('no secret and no customer is left in the profile', async ({ desks }) => {
  const app = await launchSignedIn(desks);
  const call = talkingCall();
  await report(app, [call]);
  const page = await app.page('ui');
  await page.evaluate(
    (callId) =>
      window.ringside.request('wrapUp.draft', {
        callId,
        code: null,
        notes: 'canary 4111 1111 1111 1111',
      }),
    call.callId,
  );
  await report(app, [endedCall(call)]);
  await app.close();
  const content = contentOf(app.profileDir);
  expect(content).toContain('Signed in');
  for (const secret of [password, 'canary', '4111', '+13035550123', '3035550123', 'Nora']) {
    expect(content.includes(secret), secret).toBe(false);
  }
  forget(app.profileDir);
});

test('a journal that cannot be read is kept aside, and the desk says so', async () => {
  const profileDir = newProfile();
  writeFileSync(join(profileDir, 'journal.sqlite'), 'no database '.repeat(500));
  const app = await launchApp({ profileDir });
  const desk = await app.desk();
  expect(desk.notices).toEqual(['journal_reset']);
  expect(desk.journal.problem).toBeNull();
  expect(readdirSync(profileDir).filter((name) => name.includes('unreadable'))).toHaveLength(1);
  await app.close();
  forget(profileDir);
});
