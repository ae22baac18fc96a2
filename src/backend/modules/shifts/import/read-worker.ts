import { parentPort, workerData } from 'node:worker_threads';
import { readSchedule } from './read-schedule.ts';
import type { Reading } from './read-apart.ts';

/** The thread of `readApart`. */
// What the thread is given is written there, and nowhere else.
const { content, options } = workerData as Reading;
parentPort?.postMessage(readSchedule(content, options));
