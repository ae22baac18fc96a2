import { buildApp } from './platform/build-app.ts';
import { runMain, step } from './platform/terminal.ts';

await runMain(async () => {
  await step({ title: 'App built', work: buildApp, always: true });
  return 0;
});
