import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';

// V8 lets its room for new objects grow to 16 MB in each process at the first burst of work and never gives it back.
// This program makes few: in its own process the room stays as it is (1 MB), in the pages it may double. It has to be
// said before any other code makes objects.
setFlagsFromString('--semi-space-growth-factor=1');
app.commandLine.appendSwitch('js-flags', '--max-semi-space-size=2');
