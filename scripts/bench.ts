import { runMeasurements } from './platform/figures.ts';
import { runMain } from './platform/terminal.ts';

await runMain(() => runMeasurements('bench'));
