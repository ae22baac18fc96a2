import { printStages, runStages } from './platform/stages.ts';
import { checkStages } from './platform/check-stages.ts';
import { runMain } from './platform/terminal.ts';

await runMain(async () => {
  const results = await runStages(checkStages(), { atOnce: 2 });
  printStages(results);
  return results.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
});
