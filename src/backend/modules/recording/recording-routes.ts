import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Type } from 'typebox';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { ContactPages } from '../contacts/contact-page.ts';
import { readRange } from './byte-range.ts';

const wavSchema = Type.Unsafe<unknown>({ type: 'string', format: 'binary' });

export const recordingRoutes = (app: App, pages: ContactPages, pbx: Pbx, log: Log): void => {
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
      const file = await pbx.recordingFile(recordingId);
      if (!file.ok) {
        log.warn({ recordingId, code: file.why.code, why: file.why.message }, 'no recording file');
        return sendProblem(reply, { code: 'not_found', message: 'the recording cannot be read' });
      }
      const { size } = await stat(file.value);
      log.info({ userId: user.id, contactId, recordingId }, 'a recording is played');
      const range = readRange(request.headers.range, size);
      void reply.header('accept-ranges', 'bytes').header('cache-control', 'no-store');
      if (range === 'unsatisfiable') {
        return reply
          .code(416)
          .header('content-range', `bytes */${String(size)}`)
          .send(null);
      }
      const { start, end } = range ?? { start: 0, end: size - 1 };
      void reply.type('audio/wav').header('content-length', end - start + 1);
      if (range !== null) {
        const part = `bytes ${String(start)}-${String(end)}/${String(size)}`;
        void reply.code(206).header('content-range', part);
      }
      return reply.send(createReadStream(file.value, { start, end }));
    },
  );
};
