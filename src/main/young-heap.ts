import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';

// V8 lets its room for new objects grow from 1 to 16 MB at the first burst of work and never gives it back. This process
// makes few and keeps the room that it has; it has to be said before any other code makes objects. The pages begin with
// more, so that drawing a call is not interrupted to tidy up, and stop there.
setFlagsFromString('--semi-space-growth-factor=1');
app.commandLine.appendSwitch('js-flags', '--min-semi-space-size=4 --max-semi-space-size=4');
