import { runMeasurements } from './platform/run-measurements.ts';
import { runMain } from './platform/terminal.ts';

await runMain(() => runMeasurements('bench', process.argv.slice(2)));
