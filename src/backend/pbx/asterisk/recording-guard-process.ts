import { parseAmiUrl } from '../ami/ami-address.ts';
import { stopRecordingsOf } from './recording-guard.ts';

/** The guard of `recording-guard.ts` as a process: whom to guard comes by its environment. */
const address = parseAmiUrl(process.env['RINGSIDE_GUARD_AMI'] ?? '');
const owner = process.env['RINGSIDE_GUARD_OWNER'] ?? '';
if (!address.ok || owner === '') throw new Error('the guard is told neither a PBX nor an owner');

// Whatever ends the backend must not end its guard first.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.stdin.on('error', () => undefined);
process.stdin.on('close', () => {
  void stopRecordingsOf(address.value, owner).then(() => process.exit(0));
});
process.stdin.resume();
