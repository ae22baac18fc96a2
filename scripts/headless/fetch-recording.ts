import type { Page } from 'playwright';

/** A recording as the agent's desk plays it. */
export const fetchRecording = async (
  page: Page,
  contactId: string,
  recordingId: string,
): Promise<Buffer> =>
  Buffer.from(
    await page.evaluate(async (path) => {
      const response = await fetch(path);
      if (!response.ok) throw new Error(`the recording is answered with ${response.status}`);
      const url = await new Promise<string>((resolve, reject) => {
        void response.blob().then((blob) => {
          const reader = new FileReader();
          reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
          reader.onerror = () => reject(new Error('the recording cannot be read'));
          reader.readAsDataURL(blob);
        }, reject);
      });
      return url.slice(url.indexOf(',') + 1);
    }, `app://ui/recordings/${contactId}/${recordingId}`),
    'base64',
  );
