import { Type } from 'typebox';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { auditPlaying } from '../audit/playing.ts';
import type { ContactPages } from '../contacts/contact-page.ts';
import type { OpenRecording } from '../keeping/open-recording.ts';
import { readRange } from './byte-range.ts';

const wavSchema = Type.Unsafe<unknown>({ type: 'string', format: 'binary' });

type Needs = {
  readonly database: Database;
  readonly pages: ContactPages;
  readonly openRecording: OpenRecording;
  readonly now: Now;
  readonly log: Log;
};

export const recordingRoutes = (app: App, needs: Needs): void => {
  const { database, pages, openRecording, now, log } = needs;
  const unreadable = { code: 'not_found', message: 'the recording cannot be read' } as const;

  app.get(
    '/contacts/:contactId/recordings/:recordingId',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The recording as WAV: the agent on the left channel, the customer on the right.',
        params: Type.Object({
          contactId: Type.String({ format: 'uuid' }),
          recordingId: Type.String({ format: 'uuid' }),
        }),
        produces: ['audio/wav'],
        response: {
          200: wavSchema,
          206: wavSchema,
          404: problemSchema,
          416: Type.Null(),
          503: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { contactId, recordingId } = request.params;
      const { user } = signedIn(request);
      const recording = await pages.recording(user, contactId, recordingId);
      if (!recording.ok) return sendProblem(reply, recording.why);
      const opened = await openRecording(recordingId);
      if (!opened.ok) {
        log.warn({ recordingId, ...opened.why }, 'a recording cannot be opened');
        return sendProblem(reply, unreadable);
      }
      const { size } = opened.value;
      const range = readRange(request.headers.range, size);
      void reply.header('accept-ranges', 'bytes').header('cache-control', 'no-store');
      if (range === 'unsatisfiable') {
        return reply
          .code(416)
          .header('content-range', `bytes */${String(size)}`)
          .send(null);
      }
      const { start, end } = range ?? { start: 0, end: size - 1 };
      const { agentId } = recording.value;
      await auditPlaying(database, { at: now(), userId: user.id, contactId, recordingId, agentId });
      const bytes = await opened.value.read({ start, end });
      if (!bytes.ok) {
        log.warn({ recordingId, ...bytes.why }, 'a recording cannot be read');
        return sendProblem(reply, unreadable);
      }
      void reply.type('audio/wav').header('content-length', end - start + 1);
      if (range !== null) {
        const part = `bytes ${String(start)}-${String(end)}/${String(size)}`;
        void reply.code(206).header('content-range', part);
      }
      return reply.send(bytes.value);
    },
  );
};
